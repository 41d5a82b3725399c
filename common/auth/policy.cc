// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/policy.h"

#include <algorithm>

namespace duijie {
namespace {

constexpr unsigned Bit(v1::Role role) { return 1u << role; }

constexpr unsigned kAdmin = Bit(v1::ROLE_ADMIN);
constexpr unsigned kStaff = kAdmin | Bit(v1::ROLE_STAFF);
constexpr unsigned kOwners =
    kStaff | Bit(v1::ROLE_ENTERPRISE);  // staff, and enterprises for their own records
constexpr unsigned kEnterprise = kAdmin | Bit(v1::ROLE_ENTERPRISE);
constexpr unsigned kReaders = kOwners | Bit(v1::ROLE_EXPERT) | Bit(v1::ROLE_PARTNER);

constexpr AuditMode kNoAudit = AuditMode::kNone;
constexpr AuditMode kAudit = AuditMode::kRecord;
constexpr AuditMode kMustAudit = AuditMode::kRequired;
constexpr CallLength kQuick = CallLength::kQuick;
constexpr CallLength kLong = CallLength::kLong;

#define CATALOG "duijie.v1.CatalogService/"
#define SEARCH "duijie.v1.SearchService/"
#define MATCH "duijie.v1.MatchService/"
#define JUDGEMENT "duijie.v1.JudgementService/"
#define VISIT "duijie.v1.VisitService/"
#define PROFILE "duijie.v1.ProfileService/"
#define MODEL "duijie.v1.ModelService/"
#define PACKAGE "duijie.v1.PackageService/"
#define JOINT "duijie.v1.JointNeedService/"
#define PROCESSING "duijie.v1.ProcessingService/"
#define MATURITY "duijie.v1.MaturityService/"
#define PUBLICATION "duijie.v1.PublicationService/"
#define CAMPAIGN "duijie.v1.CampaignService/"
#define STANDING "duijie.v1.StandingService/"
#define LETTER "duijie.v1.LetterService/"
#define INTAKE "duijie.v1.IntakeService/"
#define DIAGNOSIS "duijie.v1.DiagnosisService/"
#define CLINIC "duijie.v1.ClinicService/"
#define ADMIN "duijie.v1.AdminService/"
#define PUSH "duijie.v1.PushService/"
#define WEBHOOK "duijie.v1.WebhookService/"

// clang-format off
constexpr MethodPolicy kTable[] = {
    {CATALOG "GetAchievement", kReaders, kNoAudit, kQuick, "read an achievement"},
    {CATALOG "BatchGetAchievements", kReaders, kNoAudit, kQuick, "read achievements by name"},
    {CATALOG "ListAchievements", kReaders, kNoAudit, kQuick, "page through achievements"},
    {CATALOG "CreateAchievement", kStaff, kAudit, kQuick, "enter an achievement"},
    {CATALOG "UpdateAchievement", kStaff, kAudit, kQuick, "change an achievement"},
    {CATALOG "DeleteAchievement", kStaff, kAudit, kQuick, "delete an achievement"},
    {CATALOG "TransitionAchievement", kStaff, kAudit, kQuick, "move an achievement to another state"},
    {CATALOG "GetEnterprise", kReaders, kNoAudit, kQuick, "read an enterprise"},
    {CATALOG "BatchGetEnterprises", kReaders, kNoAudit, kQuick, "read enterprises by name"},
    {CATALOG "ListEnterprises", kReaders, kNoAudit, kQuick, "page through enterprises"},
    {CATALOG "CreateEnterprise", kStaff, kAudit, kQuick, "enter an enterprise"},
    {CATALOG "UpdateEnterprise", kOwners, kAudit, kQuick, "change an enterprise; enterprises: themselves"},
    {CATALOG "DeleteEnterprise", kStaff, kAudit, kQuick, "delete an enterprise"},
    {CATALOG "TransitionEnterprise", kStaff, kAudit, kQuick, "move an enterprise to another state"},
    {CATALOG "GetNeed", kReaders, kNoAudit, kQuick, "read a need"},
    {CATALOG "BatchGetNeeds", kReaders, kNoAudit, kQuick, "read needs by name"},
    {CATALOG "ListNeeds", kReaders, kNoAudit, kQuick, "page through needs"},
    {CATALOG "CreateNeed", kOwners, kAudit, kQuick, "enter a need; enterprises: their own"},
    {CATALOG "UpdateNeed", kOwners, kAudit, kQuick, "change a need; enterprises: their own"},
    {CATALOG "DeleteNeed", kOwners, kAudit, kQuick, "delete a need; enterprises: their own"},
    {CATALOG "TransitionNeed", kOwners, kAudit, kQuick, "submit, withdraw, close; review steps: staff only"},
    {CATALOG "GetExpert", kReaders, kNoAudit, kQuick, "read an expert"},
    {CATALOG "BatchGetExperts", kReaders, kNoAudit, kQuick, "read experts by name"},
    {CATALOG "ListExperts", kReaders, kNoAudit, kQuick, "page through experts"},
    {CATALOG "CreateExpert", kStaff, kAudit, kQuick, "enter an expert"},
    {CATALOG "UpdateExpert", kStaff, kAudit, kQuick, "change an expert"},
    {CATALOG "DeleteExpert", kStaff, kAudit, kQuick, "delete an expert"},
    {CATALOG "TransitionExpert", kStaff, kAudit, kQuick, "move an expert to another state"},
    {CATALOG "GetContacts", kOwners, kMustAudit, kQuick, "read restricted contacts"},
    {CATALOG "UpdateContacts", kOwners, kAudit, kQuick, "change restricted contacts"},
    {CATALOG "ResolveExternalIds", kStaff, kNoAudit, kQuick, "find records by the ids of their source library"},
    {CATALOG "ImportRecords", kStaff, kAudit, kLong, "import a table"},
    {CATALOG "ExportRecords", kStaff, kNoAudit, kLong, "export visible records, without contacts"},
    {CATALOG "GetImportTemplate", kOwners, kNoAudit, kQuick, "get an empty table to fill in"},
    {CATALOG "GetTaxonomy", kReaders, kNoAudit, kQuick, "read a taxonomy"},
    {SEARCH "Search", kReaders, kNoAudit, kQuick, "search visible records"},
    {SEARCH "FindSimilar", kReaders, kNoAudit, kQuick, "find records like one"},
    {SEARCH "Suggest", kReaders, kNoAudit, kQuick, "complete what is typed"},
    {MATCH "MatchNeed", kReaders, kNoAudit, kQuick, "rank achievements for a need"},
    {MATCH "MatchAchievement", kReaders, kNoAudit, kQuick, "rank needs for an achievement"},
    {MATCH "ScorePairs", kStaff, kNoAudit, kQuick, "score given pairs"},
    {MATCH "CreateMatchRun", kStaff, kAudit, kQuick, "start a run"},
    {MATCH "GetMatchRun", kStaff, kNoAudit, kQuick, "read a run"},
    {MATCH "ListMatchRuns", kStaff, kNoAudit, kQuick, "page through runs"},
    {MATCH "WatchMatchRun", kStaff, kNoAudit, kLong, "follow a run's progress"},
    {MATCH "CancelMatchRun", kStaff, kAudit, kQuick, "stop a run"},
    {MATCH "DeleteMatchRun", kStaff, kAudit, kQuick, "delete a run"},
    {MATCH "ListMatchRunResults", kStaff, kNoAudit, kQuick, "page through a run's results"},
    {MATCH "ExportMatchRun", kStaff, kNoAudit, kLong, "export a run's results"},
    {MATCH "CompareMatchRuns", kStaff, kNoAudit, kQuick, "see which pairs moved between two runs"},
    {MATCH "GetMatchModel", kReaders, kNoAudit, kQuick, "read the model's features and weights"},
    {JUDGEMENT "CreateJudgement", kOwners, kAudit, kQuick, "judge a pair; enterprises: of their own needs"},
    {JUDGEMENT "BatchCreateJudgements", kStaff, kAudit, kQuick, "record many judgements"},
    {JUDGEMENT "GetJudgement", kOwners, kNoAudit, kQuick, "read a judgement; enterprises: of their own needs"},
    {JUDGEMENT "ListJudgements", kOwners, kNoAudit, kQuick, "page through judgements; enterprises: of their own needs"},
    {JUDGEMENT "GetScorecard", kStaff, kNoAudit, kQuick, "hold predictions against decisions"},
    {PACKAGE "CreatePackage", kStaff, kAudit, kQuick, "build a package of achievements for needs"},
    {PACKAGE "GetPackage", kStaff, kNoAudit, kQuick, "read a package"},
    {PACKAGE "ListPackages", kStaff, kNoAudit, kQuick, "page through packages"},
    {PACKAGE "RebuildPackage", kStaff, kAudit, kQuick, "build a package again"},
    {PACKAGE "DeletePackage", kStaff, kAudit, kQuick, "delete a package"},
    {PACKAGE "ExportPackage", kStaff, kNoAudit, kQuick, "print a package"},
    {JOINT "FindCommonProblems", kStaff, kNoAudit, kLong, "look for problems that enterprises share"},
    {JOINT "CreateJointNeed", kStaff, kAudit, kQuick, "join needs of several enterprises"},
    {JOINT "GetJointNeed", kReaders, kNoAudit, kQuick, "read a joint need"},
    {JOINT "ListJointNeeds", kReaders, kNoAudit, kQuick, "page through joint needs"},
    {JOINT "AnswerJointNeed", kOwners, kAudit, kQuick, "consent to be named, or refuse; enterprises: of their own needs"},
    {JOINT "TransitionJointNeed", kStaff, kAudit, kQuick, "open or close a joint need"},
    {LETTER "ExportPushLetter", kOwners, kNoAudit, kQuick, "print the pushes of an enterprise; enterprises: their own"},
    {INTAKE "CreateNeedDrafts", kStaff, kAudit, kQuick, "read a note into drafts of needs"},
    {INTAKE "GetNeedDraft", kStaff, kNoAudit, kQuick, "read a draft"},
    {INTAKE "ListNeedDrafts", kStaff, kNoAudit, kQuick, "page through drafts"},
    {INTAKE "UpdateNeedDraft", kStaff, kAudit, kQuick, "change a draft"},
    {INTAKE "ConfirmNeedDraft", kStaff, kAudit, kQuick, "make a need of a draft"},
    {INTAKE "RejectNeedDraft", kStaff, kAudit, kQuick, "reject a draft"},
    {INTAKE "ExtractNotes", kStaff, kNoAudit, kQuick, "read texts as notes, storing nothing"},
    {INTAKE "FindDuplicateNeeds", kStaff, kNoAudit, kQuick, "find needs that are likely the same"},
    {INTAKE "MergeNeeds", kStaff, kAudit, kQuick, "make one need of two"},
    {DIAGNOSIS "AssessNeed", kStaff, kAudit, kQuick, "say whether a need is valid"},
    {DIAGNOSIS "GetNeedDiagnosis", kOwners, kNoAudit, kQuick, "read a diagnosis; enterprises: of their own needs"},
    {DIAGNOSIS "ListNeedDiagnoses", kOwners, kNoAudit, kQuick, "page through diagnoses; enterprises: of their own needs"},
    {DIAGNOSIS "ExportNeedDiagnosis", kOwners, kNoAudit, kQuick, "export a diagnosis; enterprises: of their own needs"},
    {DIAGNOSIS "ExportNeedSummary", kStaff, kNoAudit, kQuick, "export the table of needs"},
    {CLINIC "GetClinicQuestions", kOwners, kNoAudit, kQuick, "ask what would help a need; enterprises: their own"},
    {CLINIC "AnswerClinicQuestion", kOwners, kAudit, kQuick, "answer into a need; enterprises: their own"},
    {VISIT "CreateVisitPlan", kStaff, kAudit, kQuick, "enter a plan of visits"},
    {VISIT "GetVisitPlan", kStaff, kNoAudit, kQuick, "read a plan of visits"},
    {VISIT "ListVisitPlans", kStaff, kNoAudit, kQuick, "page through plans of visits"},
    {VISIT "UpdateVisitPlan", kStaff, kAudit, kQuick, "change what a plan of visits demands"},
    {VISIT "ProposeVisitPlan", kStaff, kAudit, kQuick, "choose enterprises, experts and days"},
    {VISIT "TransitionVisitPlan", kStaff, kAudit, kQuick, "agree to a plan of visits, or close it"},
    {VISIT "CreateVisit", kStaff, kAudit, kQuick, "enter a visit"},
    {VISIT "GetVisit", kOwners, kNoAudit, kQuick, "read a visit; enterprises: their own"},
    {VISIT "ListVisits", kOwners, kNoAudit, kQuick, "page through visits; enterprises: their own"},
    {VISIT "UpdateVisit", kStaff, kAudit, kQuick, "record a visit"},
    {VISIT "TransitionVisit", kStaff, kAudit, kQuick, "agree on a visit, mark it held, cancel it"},
    {VISIT "SignVisit", kOwners, kAudit, kQuick, "sign a visit's record; enterprises: for themselves"},
    {VISIT "CreateVisitAttachment", kStaff, kAudit, kQuick, "add a file to a visit's record"},
    {VISIT "GetVisitAttachment", kOwners, kNoAudit, kLong, "read a file of a visit; enterprises: of their own"},
    {VISIT "DeleteVisitAttachment", kStaff, kAudit, kQuick, "remove a file from a visit's record"},
    {VISIT "GetVisitBrief", kStaff, kNoAudit, kQuick, "prepare a visit"},
    {VISIT "GetVisitLedger", kStaff, kNoAudit, kQuick, "count the enterprises visited in a year"},
    {VISIT "ExportVisitDocument", kStaff, kNoAudit, kLong, "print plans, briefs, records and ledgers"},
    {PROFILE "GetEnterpriseProfile", kOwners, kNoAudit, kQuick, "read an enterprise's profile; enterprises: their own"},
    {PROFILE "ExportEnterpriseProfile", kOwners, kNoAudit, kQuick, "print an enterprise's profile; enterprises: their own"},
    {PROFILE "ListKeyEnterprises", kStaff, kNoAudit, kQuick, "work out a list of key enterprises"},
    {PROFILE "SelectKeyEnterprises", kStaff, kAudit, kQuick, "keep a list of key enterprises"},
    {PROFILE "GetKeyEnterpriseSelection", kStaff, kNoAudit, kQuick, "read a list of key enterprises"},
    {PROFILE "ListKeyEnterpriseSelections", kStaff, kNoAudit, kQuick, "page through lists of key enterprises"},
    {PROFILE "ReplayKeyEnterpriseSelection", kStaff, kNoAudit, kQuick, "work a list of key enterprises out again"},
    {PROFILE "ExportKeyEnterpriseSelection", kStaff, kNoAudit, kQuick, "print a list of key enterprises"},
    {PROFILE "ProposeLatentNeeds", kStaff, kAudit, kQuick, "guess what an enterprise may need"},
    {PROFILE "GetLatentNeed", kOwners, kNoAudit, kQuick, "read a guess; enterprises: what was put to them"},
    {PROFILE "ListLatentNeeds", kOwners, kNoAudit, kQuick, "page through guesses; enterprises: what was put to them"},
    {PROFILE "TransitionLatentNeed", kOwners, kAudit, kQuick, "put a guess to its enterprise, confirm or reject it"},
    {MODEL "TrainModel", kAdmin, kAudit, kLong, "train and propose a model"},
    {MODEL "GetModel", kStaff, kNoAudit, kQuick, "read a model's card"},
    {MODEL "ListModels", kStaff, kNoAudit, kQuick, "page through models"},
    {MODEL "PromoteModel", kAdmin, kMustAudit, kQuick, "put a model in service"},
    {MODEL "RollbackModel", kAdmin, kMustAudit, kQuick, "put the model before back in service"},
    {MODEL "DeleteModel", kAdmin, kAudit, kQuick, "delete a model"},
    {PUSH "CreatePush", kStaff, kAudit, kQuick, "push an achievement by hand"},
    {PUSH "GetPush", kOwners, kNoAudit, kQuick, "read a push; enterprises: their own"},
    {PUSH "ListPushes", kOwners, kNoAudit, kQuick, "page through pushes; enterprises: their own"},
    {PUSH "TransitionPush", kOwners, kAudit, kQuick, "answer a push, note what became of it; enterprises: their own"},
    {PUSH "ListInbox", kEnterprise, kNoAudit, kQuick, "read the pushes that one got; administrators have none"},
    {PUSH "WatchPushes", kOwners, kNoAudit, kLong, "follow what happens to pushes; enterprises: their own"},
    {PUSH "GetPushPreferences", kOwners, kNoAudit, kQuick, "read how an enterprise wants its pushes"},
    {PUSH "UpdatePushPreferences", kOwners, kAudit, kQuick, "choose how an enterprise gets its pushes"},
    {PUSH "GetPushSettings", kStaff, kNoAudit, kQuick, "read the rules of pushes"},
    {PUSH "UpdatePushSettings", kStaff, kAudit, kQuick, "change the rules of pushes; staff of all parks"},
    {PROCESSING "CreateProcessing", kStaff, kAudit, kQuick, "begin a secondary processing"},
    {PROCESSING "GetProcessing", kStaff, kNoAudit, kQuick, "read a processing"},
    {PROCESSING "ListProcessings", kStaff, kNoAudit, kQuick, "page through processings"},
    {PROCESSING "UpdateProcessing", kStaff, kAudit, kQuick, "change a processing"},
    {PROCESSING "SubmitProcessing", kStaff, kAudit, kQuick, "submit a processing"},
    {PROCESSING "ReturnProcessing", kStaff, kAudit, kQuick, "return a processing"},
    {PROCESSING "SignProcessing", kStaff, kAudit, kQuick, "sign a processing; not who entered it"},
    {PROCESSING "RevertProcessing", kStaff, kAudit, kQuick, "write raw values back"},
    {PROCESSING "DiffProcessing", kStaff, kNoAudit, kQuick, "compare raw and processed values"},
    {PROCESSING "ExportProcessing", kStaff, kNoAudit, kQuick, "print a processing"},
    {MATURITY "ListMaturitySchemes", kStaff, kNoAudit, kQuick, "read the schemes"},
    {MATURITY "CreateMaturityAssessment", kStaff, kAudit, kQuick, "begin an assessment"},
    {MATURITY "GetMaturityAssessment", kStaff, kNoAudit, kQuick, "read an assessment"},
    {MATURITY "ListMaturityAssessments", kStaff, kNoAudit, kQuick, "page through assessments"},
    {MATURITY "UpdateMaturityAssessment", kStaff, kAudit, kQuick, "change an assessment"},
    {MATURITY "CompleteMaturityAssessment", kStaff, kAudit, kQuick, "give an achievement its level"},
    {MATURITY "ExportMaturityAssessment", kStaff, kNoAudit, kQuick, "print an assessment"},
    {PUBLICATION "CreatePublication", kStaff, kAudit, kQuick, "record a publication"},
    {PUBLICATION "GetPublication", kStaff, kNoAudit, kQuick, "read a publication"},
    {PUBLICATION "ListPublications", kStaff, kNoAudit, kQuick, "page through publications"},
    {PUBLICATION "WithdrawPublication", kStaff, kAudit, kQuick, "take a mistaken publication back"},
    {PUBLICATION "GetPublicationProgress", kStaff, kNoAudit, kQuick, "count the year's publications"},
    {PUBLICATION "ExportCatalogue", kStaff, kNoAudit, kLong, "export the year's catalogue"},
    {CAMPAIGN "CreateCampaign", kStaff, kAudit, kQuick, "make a campaign of pushes"},
    {CAMPAIGN "GetCampaign", kStaff, kNoAudit, kQuick, "read a campaign"},
    {CAMPAIGN "ListCampaigns", kStaff, kNoAudit, kQuick, "page through campaigns"},
    {CAMPAIGN "PreviewCampaign", kStaff, kAudit, kQuick, "work out a campaign's list"},
    {CAMPAIGN "WatchCampaign", kStaff, kNoAudit, kLong, "follow a campaign's progress"},
    {CAMPAIGN "ListCampaignLines", kStaff, kNoAudit, kQuick, "page through a campaign's list"},
    {CAMPAIGN "DropCampaignLines", kStaff, kAudit, kQuick, "take lines off a campaign's list"},
    {CAMPAIGN "ApproveCampaign", kStaff, kAudit, kQuick, "push what is on a campaign's list"},
    {CAMPAIGN "CancelCampaign", kStaff, kAudit, kQuick, "cancel a campaign"},
    {CAMPAIGN "ExportCampaign", kStaff, kNoAudit, kLong, "export a campaign's list by park"},
    {STANDING "GetStandingStatus", kStaff, kNoAudit, kQuick, "see how far standing push has come"},
    {STANDING "GetStandingSettings", kStaff, kNoAudit, kQuick, "read the settings of standing push"},
    {STANDING "UpdateStandingSettings", kStaff, kAudit, kQuick, "change the settings of standing push; staff of all parks"},
    {WEBHOOK "CreateWebhook", kAdmin, kAudit, kQuick, "have pushes told to an address"},
    {WEBHOOK "GetWebhook", kAdmin, kNoAudit, kQuick, "read a webhook"},
    {WEBHOOK "ListWebhooks", kAdmin, kNoAudit, kQuick, "page through webhooks"},
    {WEBHOOK "UpdateWebhook", kAdmin, kAudit, kQuick, "change a webhook"},
    {WEBHOOK "DeleteWebhook", kAdmin, kAudit, kQuick, "delete a webhook"},
    {WEBHOOK "ListWebhookDeliveries", kAdmin, kNoAudit, kQuick, "see what was delivered, and the dead letters"},
    {WEBHOOK "RedeliverWebhook", kAdmin, kAudit, kQuick, "send a delivery again"},
    {ADMIN "CreateApiKey", kAdmin, kAudit, kQuick, "make a key"},
    {ADMIN "ListApiKeys", kAdmin, kNoAudit, kQuick, "list keys without secrets"},
    {ADMIN "RevokeApiKey", kAdmin, kAudit, kQuick, "revoke a key"},
    {ADMIN "GetCaller", kReaders, kNoAudit, kQuick, "ask who one is"},
    {ADMIN "CreateBackup", kAdmin, kAudit, kLong, "write a backup"},
    {ADMIN "GetStatus", kAdmin, kNoAudit, kQuick, "versions, counts and lag"},
    {ADMIN "ListAuditEntries", kAdmin, kNoAudit, kQuick, "read the audit log"},
};
// clang-format on

#undef CATALOG
#undef SEARCH
#undef MATCH
#undef JUDGEMENT
#undef VISIT
#undef MODEL
#undef PACKAGE
#undef JOINT
#undef PROCESSING
#undef MATURITY
#undef PUBLICATION
#undef CAMPAIGN
#undef STANDING
#undef LETTER
#undef INTAKE
#undef DIAGNOSIS
#undef CLINIC
#undef ADMIN
#undef PUSH
#undef WEBHOOK

bool ByMethod(const MethodPolicy& a, const MethodPolicy& b) { return a.method < b.method; }

constexpr std::string_view kInternalPackage = "duijie.internal.v1.";

}  // namespace

const std::vector<MethodPolicy>& AllPolicies() {
  static const auto* sorted = [] {
    auto* rows = new std::vector<MethodPolicy>(std::begin(kTable), std::end(kTable));
    std::sort(rows->begin(), rows->end(), ByMethod);
    return rows;
  }();
  return *sorted;
}

const MethodPolicy* FindPolicy(std::string_view method) {
  const auto& rows = AllPolicies();
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), method,
                       [](const MethodPolicy& row, std::string_view name) { return row.method < name; });
  return found != rows.end() && found->method == method ? &*found : nullptr;
}

bool IsInternalMethod(std::string_view method) {
  return method.substr(0, kInternalPackage.size()) == kInternalPackage;
}

Status CheckRole(const Principal& caller, std::string_view method) {
  const MethodPolicy* policy = FindPolicy(method);
  const bool known_role = caller.role() > v1::ROLE_UNSPECIFIED && caller.role() <= v1::Role_MAX;
  if (policy != nullptr && known_role && (policy->roles & Bit(caller.role())) != 0) return OkStatus();
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN",
               "this API key's role may not call " + std::string(method.substr(method.rfind('/') + 1)));
}

}  // namespace duijie
