// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/pair_fits.h"

#include <algorithm>

#include "common/auth/visibility.h"

namespace duijie::matching {
namespace {

constexpr size_t kRecordsPerRead = 100;  // a record is at most 256 KiB

template <typename Record>
std::shared_ptr<const RecordFigures> CachedFigures(const PairFits::Context& context, const Record& record) {
  if (auto known = context.cache.Find(record.name(), record.revision())) return known;
  auto figures = FiguresOf(SourceOf(record), context.names);
  context.cache.Put(record.name(), record.revision(), figures);
  return figures;
}

// nullptr for what the principal may not see.
std::shared_ptr<const RecordFigures> VisibleFigures(const PairFits::Context& context,
                                                    const internal::v1::Record& record) {
  if (VisibilityOf(context.principal, AccessOf(record)) == Visibility::kNone) return nullptr;
  if (record.has_need()) return CachedFigures(context, record.need());
  if (record.has_achievement()) return CachedFigures(context, record.achievement());
  return nullptr;
}

// A need given inline has no name, and its figures are not held.
std::shared_ptr<const RecordFigures> SourceFigures(const PairFits::Context& context,
                                                   const SourceRecord& source) {
  if (source.name.empty()) return FiguresOf(source, context.names);
  if (auto known = context.cache.Find(source.name, source.revision)) return known;
  auto figures = FiguresOf(source, context.names);
  context.cache.Put(source.name, source.revision, figures);
  return figures;
}

}  // namespace

PairFits::PairFits(const Context& context, const SourceRecord& source)
    : context_(context),
      source_(source),
      figures_(SourceFigures(context, source)),
      nothing_({}, context.names) {}

Status PairFits::ReadRecords(const std::vector<Counterpart>& counterparts, const std::vector<size_t>& places,
                             std::vector<Figures>* figures) const {
  for (size_t begin = 0; begin < places.size(); begin += kRecordsPerRead) {
    const size_t end = std::min(places.size(), begin + kRecordsPerRead);
    internal::v1::ReadRecordsRequest request;
    for (size_t i = begin; i < end; ++i) request.add_names(counterparts[places[i]].name);
    request.set_at_revision(context_.at_revision);
    DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse read,
                            context_.peers.read_records(context_.call, request));
    DUIJIE_RETURN_IF_ERROR(context_.call.CheckAlive());
    for (size_t i = begin; i < end; ++i) {
      const auto at = static_cast<int>(i - begin);
      if (at < read.records_size()) (*figures)[places[i]] = VisibleFigures(context_, read.records(at));
    }
  }
  return OkStatus();
}

StatusOr<std::vector<v1::FitTable>> PairFits::Read(const std::vector<Counterpart>& counterparts) const {
  std::vector<Figures> figures(counterparts.size());
  std::vector<size_t> unknown;
  for (size_t i = 0; i < counterparts.size(); ++i) {
    figures[i] = context_.cache.Find(counterparts[i].name, counterparts[i].revision);
    if (figures[i] == nullptr) unknown.push_back(i);
  }
  DUIJIE_RETURN_IF_ERROR(ReadRecords(counterparts, unknown, &figures));
  std::vector<v1::FitTable> tables;
  tables.reserve(counterparts.size());
  for (const Figures& theirs : figures) tables.push_back(TableWith(theirs.get()));
  return tables;
}

v1::FitTable PairFits::TableWith(const RecordFigures* theirs) const {
  if (!source_.is_need)
    return theirs == nullptr ? v1::FitTable()
                             : MakeFitTable(theirs->demands, *figures_->stated, context_.names);
  const StatedFigures& stated = theirs == nullptr || theirs->stated == nullptr ? nothing_ : *theirs->stated;
  return MakeFitTable(figures_->demands, stated, context_.names);
}

}  // namespace duijie::matching
