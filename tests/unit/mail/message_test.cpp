#include "server/mail/message.hpp"
#include "tests/support/smtp_server.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Message sample() {
  Message message;
  message.from = "warsha@example.org";
  message.from_name = "ورشة";
  message.to = "amina@example.org";
  message.subject =
      "رد الإدارة على: نشر محاضر دورات المجلس الجماعي في أجل خمسة عشر يوما على موقع الجماعة، مع صيغة صوتية";
  message.text = "السلام عليكم،\n\n.سطر يبدأ بنقطة\n";
  message.html = "<p>السلام عليكم</p>";
  message.language = "ar";
  message.id = "019ad000-0000-7000-8000-000000000001";
  message.at = 1'796'030'700'000; // 2026-11-30T09:25:00Z
  message.stop_url = "https://warsha.example.org/unsubscribe/abc";
  return message;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    lines.push_back(text.substr(at, end - at));
    at = end == std::string::npos ? text.size() : end + 2;
  }
  return lines;
}

TEST(AMessage, says_what_it_was_given_when_it_is_read) {
  const auto read = test::read_mail(written(sample()));
  EXPECT_EQ(read.headers.at("subject"), sample().subject);
  EXPECT_EQ(read.headers.at("from"), "ورشة <warsha@example.org>");
  EXPECT_EQ(read.headers.at("to"), "<amina@example.org>");
  EXPECT_EQ(read.headers.at("date"), "Mon, 30 Nov 2026 09:25:00 +0000");
  EXPECT_EQ(read.headers.at("message-id"), "<019ad000-0000-7000-8000-000000000001@example.org>");
  EXPECT_EQ(read.headers.at("auto-submitted"), "auto-generated");
  EXPECT_EQ(read.headers.at("content-language"), "ar");
  EXPECT_EQ(read.headers.at("list-unsubscribe"), "<https://warsha.example.org/unsubscribe/abc>");
  EXPECT_EQ(read.headers.at("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  EXPECT_EQ(read.text, sample().text);
  EXPECT_EQ(read.html, sample().html);
}

TEST(AMessage, is_ascii_in_short_lines_that_end_as_mail_does) {
  const auto all = written(sample());
  EXPECT_TRUE(std::ranges::all_of(all, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  auto without = all;
  for (auto found = without.find("\r\n"); found != std::string::npos; found = without.find("\r\n", found))
    without.erase(found, 2);
  EXPECT_EQ(without.find_first_of("\r\n"), std::string::npos);
  for (const auto& line : lines_of(all))
    EXPECT_LE(line.size(), 78U) << line;
}

TEST(AMessage, that_is_sent_for_no_subscription_offers_no_end) {
  auto message = sample();
  message.stop_url.clear();
  EXPECT_THAT(written(message), Not(HasSubstr("List-Unsubscribe")));
}

TEST(AMessage, keeps_each_field_in_its_header_whatever_it_holds) {
  auto message = sample();
  message.subject = "hello\r\nBcc: victim@example.org\r\n\r\nbody";
  message.from_name = "x\r\nX-Evil: 1";
  message.stop_url = "https://w.example/\r\nX-Evil: 2";
  const auto head = written(message).substr(0, written(message).find("\r\n\r\n"));
  for (const auto& line : lines_of(head)) {
    EXPECT_FALSE(line.starts_with("Bcc:")) << line;
    EXPECT_FALSE(line.starts_with("X-Evil:")) << line;
  }
}

TEST(AnEncodedHeader, is_plain_where_it_can_be) {
  EXPECT_EQ(encoded_header("Hello", 9), "Hello");
  EXPECT_THAT(encoded_header("=?UTF-8?B?eA==?=", 9), HasSubstr("=?UTF-8?B?PT9VVEY")) << "it would be decoded";
}

TEST(AnEncodedHeader, cuts_between_letters_only_and_stays_within_its_lines) {
  std::string text;
  for (int i = 0; i < 120; ++i)
    text += i % 7 == 0 ? "x" : i % 5 == 0 ? "𐤀" : i % 3 == 0 ? " " : "ش";
  for (std::size_t column : {0U, 9U, 30U}) {
    for (const auto& word : lines_of(encoded_header(text, column))) {
      const auto begin = word.find("=?UTF-8?B?");
      ASSERT_NE(begin, std::string::npos);
      EXPECT_LE(word.size() - begin, 75U) << word;
      // Decoded alone it must be whole letters: the reader joins them as they are.
      test::Mail one =
          test::read_mail("Subject: " + word.substr(begin) +
                          "\r\n\r\nContent-Type: text/plain\r\n\r\nContent-Type: text/html\r\n\r\n");
      const auto& decoded = one.headers.at("subject");
      EXPECT_NE(static_cast<unsigned char>(decoded.front()) & 0xc0, 0x80) << "begins within a letter";
    }
    EXPECT_EQ(test::read_mail("Subject: " + encoded_header(text, column) +
                              "\r\n\r\nContent-Type: text/plain\r\n\r\nContent-Type: text/html\r\n\r\n")
                  .headers.at("subject"),
              text);
  }
}

} // namespace
} // namespace warsha::mail
