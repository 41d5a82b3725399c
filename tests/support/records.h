// SPDX-License-Identifier: GPL-3.0-or-later
// Records made through the API, for end-to-end tests. Each function throws if the daemon refuses.
#pragma once

#include <string>

#include "tests/support/cluster.h"

namespace duijie::testing {

// Creates a record and takes it to PUBLISHED; returns it as stored.
v1::Achievement Publish(const Client& client, const v1::Achievement& achievement);
v1::Enterprise Publish(const Client& client, const v1::Enterprise& enterprise);
v1::Need Publish(const Client& client, const v1::Need& need);
v1::Expert Publish(const Client& client, const v1::Expert& expert);

// Imports a file of data/samples; returns the last response.
v1::ImportSummary ImportFile(const Client& client, const std::string& path, v1::ImportHeader header);

// Imports all sample records as published. Returns the catalog revision.
int64_t ImportSamples(const Client& admin);

// One search by text; waits for `revision`.
v1::SearchResponse Search(const Client& client, v1::Collection collection, const std::string& query,
                          int64_t revision);

// Runs a match run to its end; returns it.
v1::MatchRun RunToEnd(const Client& client, const v1::MatchRun& run);
// All chunks of an export.
std::string Export(const Client& client, const std::string& run, v1::MatchRunFormat format);

}  // namespace duijie::testing
