#include "server/live/room.hpp"

#include "protocol/limits.hpp"

#include <algorithm>

namespace warsha::live {

void Room::enter(Member& member) {
  members_.push_back(&member);
  if (member.actor().role == Role::participant)
    ++people_[member.actor().id];
}

void Room::leave(Member& member) {
  const auto place = std::find(members_.begin(), members_.end(), &member);
  if (place == members_.end())
    return;
  *place = members_.back();
  members_.pop_back();
  if (member.actor().role != Role::participant)
    return;
  const auto person = people_.find(member.actor().id);
  if (--person->second == 0) {
    people_.erase(person);
    typing_.erase(member.actor().id);
  }
}

void Room::publish(const net::SharedFrame& room, const net::SharedFrame& staff,
                   const std::shared_ptr<const AtTables>& at_tables, Seq last) {
  last_ = last;
  const auto frame_for = [&](const Member& member) {
    if (member.audience() == Audience::staff)
      return staff;
    if (at_tables)
      if (const auto own = at_tables->find(member.actor().id); own != at_tables->end())
        return own->second;
    return room;
  };
  // Backwards: a member that can't keep up leaves during its delivery, and the last one takes its place.
  for (std::size_t i = members_.size(); i-- > 0;)
    members_[i]->deliver(frame_for(*members_[i]));
}

void Room::publish_to_all(const net::SharedFrame& message) {
  for (std::size_t i = members_.size(); i-- > 0;)
    members_[i]->deliver(message);
}

void Room::publish_aside(const std::function<net::SharedFrame(const Member&)>& frame_for) {
  for (std::size_t i = members_.size(); i-- > 0;)
    if (const auto frame = frame_for(*members_[i]))
      members_[i]->deliver(frame);
}

std::shared_ptr<Allowance> Room::allowance_of(const ActorId& person, Rate rate,
                                              std::chrono::steady_clock::time_point now) {
  auto& kept = allowances_[person];
  if (!kept)
    kept = std::make_shared<Allowance>(rate, now);
  return kept;
}

void Room::forget_full_allowances(std::chrono::steady_clock::time_point now) {
  std::erase_if(allowances_, [now](const auto& entry) {
    return entry.second.use_count() == 1 && entry.second->is_full(now);
  });
}

void Room::typed(const ActorId& actor, std::chrono::steady_clock::time_point now) {
  if (people_.contains(actor))
    typing_[actor] = now + limits::kTypingTime;
}

Room::Presence Room::presence(std::chrono::steady_clock::time_point now) {
  std::erase_if(typing_, [&](const auto& entry) { return entry.second <= now; });
  Presence presence;
  for (const auto& [person, pages] : people_)
    presence.people.push_back(person);
  for (const auto& [person, until] : typing_)
    presence.writing.push_back(person);
  for (const auto* member : members_)
    if (access::sees_staff_view(member->actor().role))
      presence.staff.push_back(member->actor().id);
  return presence;
}

} // namespace warsha::live
