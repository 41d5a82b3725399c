// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/docx.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <semaphore>
#include <vector>

namespace duijie {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

constexpr size_t kPipeBlock = 64 * 1024;

Status Failed(const std::string& what) {
  return Error(StatusCode::kUnavailable, "DOCUMENT_FAILED", "Word 文档生成失败：" + what);
}

Status TooLarge() { return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "文档超过大小上限"); }

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void Set(int number) { number_ = number; }
  int get() const { return number_; }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read, write;
  // The ends are not inherited but by posix_spawn's dup2.
  bool Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read.Set(ends[0]);
    write.Set(ends[1]);
    return true;
  }
};

// pandoc as a child; killed if it is not waited for.
class Child {
 public:
  ~Child() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  Status Start(UnixMicros made) {
    if (!in_.Open() || !out_.Open()) return Failed("没有可用的管道");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in_.read.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out_.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // pandoc stamps the document with SOURCE_DATE_EPOCH instead of the clock.
    std::string epoch = "SOURCE_DATE_EPOCH=" + std::to_string(made / 1'000'000);
    std::string path = "PATH=/usr/local/bin:/usr/bin:/bin", locale = "LC_ALL=C.UTF-8";
    std::array<char*, 4> environment = {epoch.data(), path.data(), locale.data(), nullptr};
    // No --sandbox: with Debian's pandoc it hides pandoc's own templates. What HtmlWriter writes names no
    // file.
    std::vector<std::string> words = {"pandoc", "+RTS", "-M512M", "-RTS", "-f",
                                      "html",   "-t",   "docx",   "-o",   "-"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failed = posix_spawnp(&pid_, "pandoc", &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) pid_ = 0;
    in_.read.Close();
    out_.write.Close();
    return failed == 0 ? OkStatus() : Failed("未安装 pandoc");
  }

  // Feeds `input` and gathers what comes out, both at once, so that neither pipe can fill up and block.
  StatusOr<std::string> Exchange(const std::string& input, Deadline deadline) {
    fcntl(in_.write.get(), F_SETFL, O_NONBLOCK);
    fcntl(out_.read.get(), F_SETFL, O_NONBLOCK);
    std::string output;
    for (size_t sent = 0;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return Failed("超时");
      std::array<pollfd, 2> ends = {pollfd{out_.read.get(), POLLIN, 0}, pollfd{in_.write.get(), POLLOUT, 0}};
      if (poll(ends.data(), in_.write.get() < 0 ? 1 : 2, static_cast<int>(left.count())) < 0 &&
          errno != EINTR) {
        return Failed("管道出错");
      }
      if (ends[1].revents != 0) Feed(input, &sent);
      if (ends[0].revents == 0) continue;
      DUIJIE_ASSIGN_OR_RETURN(const bool ended, Gather(&output));
      if (ended) return output;
    }
  }

  Status Wait() {
    int status = 0;
    const pid_t pid = pid_;
    pid_ = 0;
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      return Failed("pandoc 出错");
    }
    return OkStatus();
  }

 private:
  void Feed(const std::string& input, size_t* sent) {
    const ssize_t wrote = write(in_.write.get(), input.data() + *sent, input.size() - *sent);
    if (wrote > 0) *sent += static_cast<size_t>(wrote);
    // An end that is broken shows in the exit status.
    if (*sent == input.size() || (wrote < 0 && errno != EAGAIN && errno != EINTR)) in_.write.Close();
  }

  StatusOr<bool> Gather(std::string* output) {
    std::array<char, kPipeBlock> block;
    const ssize_t got = read(out_.read.get(), block.data(), block.size());
    if (got < 0) return errno == EAGAIN || errno == EINTR ? StatusOr<bool>(false) : Failed("管道出错");
    if (output->size() + static_cast<size_t>(got) > kMaxDocxBytes) return TooLarge();
    output->append(block.data(), static_cast<size_t>(got));
    return got == 0;
  }

  Pipe in_, out_;
  pid_t pid_ = 0;
};

StatusOr<std::string> Convert(const std::string& html, UnixMicros made) {
  Child child;
  DUIJIE_RETURN_IF_ERROR(child.Start(made));
  DUIJIE_ASSIGN_OR_RETURN(std::string docx,
                          child.Exchange(html, std::chrono::steady_clock::now() + kMaxDocxTime));
  DUIJIE_RETURN_IF_ERROR(child.Wait());
  return docx;
}

}  // namespace

StatusOr<std::string> HtmlToDocx(const std::string& html, UnixMicros made) {
  static std::counting_semaphore<kDocxConversionsAtOnce> turns(kDocxConversionsAtOnce);
  if (html.size() > kMaxDocxSourceBytes) return TooLarge();
  if (!turns.try_acquire_for(kMaxDocxWait)) {
    return Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "正在生成的文档过多，请稍后再试");
  }
  StatusOr<std::string> docx = Convert(html, made);
  turns.release();
  return docx;
}

}  // namespace duijie
