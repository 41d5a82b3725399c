// SPDX-License-Identifier: GPL-3.0-or-later
// The wall between Xapian's exceptions and our Status: every call into Xapian runs inside GuardXapian.
//
//   DatabaseModifiedError   UNAVAILABLE PEER_UNAVAILABLE; ReadableIndex retries, callers do not meet it
//   DatabaseLockError       FAILED_PRECONDITION DATA_FOLDER_IN_USE
//   DatabaseCorruptError    DATA_LOSS CHECKSUM_MISMATCH; so are DatabaseVersionError, SerialisationError
//   no space on the device  RESOURCE_EXHAUSTED DISK_FULL
//   other DatabaseErrors    UNAVAILABLE PEER_UNAVAILABLE
//   anything else           INTERNAL INTERNAL
#pragma once

#include <string>
#include <utility>

#include <xapian.h>

#include "common/status/status.h"

namespace duijie::search {

Status FromXapian(const Xapian::Error& error);

// Thrown by our own callbacks inside Xapian (match spies, deciders), which have no other way to stop it;
// GuardXapian returns its status.
struct Interrupted {
  Status status;
};

// Runs `body`, a function () -> Status.
template <typename Body>
Status GuardXapian(Body&& body) {
  try {
    return std::forward<Body>(body)();
  } catch (const Xapian::Error& error) {
    return FromXapian(error);
  } catch (const Interrupted& interrupted) {
    return interrupted.status;
  } catch (const std::exception& error) {
    return Error(StatusCode::kInternal, "INTERNAL", std::string("index: ") + error.what());
  }
}

}  // namespace duijie::search
