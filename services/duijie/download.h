// SPDX-License-Identifier: GPL-3.0-or-later
// A file that the server sends in chunks.
#pragma once

#include <string>

#include "services/duijie/files.h"
#include "services/duijie/session.h"

namespace duijie {

// Opens the stream with open(context), writes each response's chunk to `path`, and calls seen(response, bytes
// so far). Returns the bytes written; after an error no file is left.
template <typename Response, typename Open, typename Seen>
StatusOr<int64_t> Download(Session& session, const std::string& path, const Open& open, const Seen& seen) {
  OutputFile file(path, session.output.out());
  DUIJIE_RETURN_IF_ERROR(file.Open());
  const auto call = session.client.NewStream();
  const auto stream = open(&call->context);
  Response response;
  Status written;
  while (written.ok() && stream->Read(&response)) {
    written = file.Write(response.chunk());
    seen(response, file.bytes());
  }
  if (!written.ok()) call->context.TryCancel();
  const Status finished = Client::Finish(*call, stream->Finish());
  DUIJIE_RETURN_IF_ERROR(written);
  DUIJIE_RETURN_IF_ERROR(finished);
  DUIJIE_RETURN_IF_ERROR(file.Commit());
  return file.bytes();
}

template <typename Response, typename Open>
StatusOr<int64_t> Download(Session& session, const std::string& path, const Open& open) {
  return Download<Response>(session, path, open, [](const Response&, int64_t) {});
}

}  // namespace duijie
