// SPDX-License-Identifier: GPL-3.0-or-later
// Assessments in words: what the achievement carries, and 技术成熟度评价表 as a printable page. Pure.
#pragma once

#include <string>

#include "duijie/v1/maturity.pb.h"

namespace duijie::push {

const char* AssessmentStateName(v1::MaturityAssessmentState state);

// "6 级（正样级）"; "未达到 1 级" for 0.
std::string LevelText(const v1::MaturityScheme& scheme, int level);

// maturity_evidence of an achievement that carries a completed assessment.
std::string CarriedEvidence(const v1::MaturityAssessment& assessment, const v1::MaturityScheme& scheme);

// The same once it has expired.
std::string ExpiredEvidence(const v1::MaturityAssessment& assessment, const v1::MaturityScheme& scheme);

std::string AssessmentPage(const v1::MaturityAssessment& assessment, const v1::MaturityScheme& scheme);

}  // namespace duijie::push
