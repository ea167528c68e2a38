package io.perpetua.application.conversation;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import io.perpetua.application.conversation.InMemoryRecord.Branch;
import io.perpetua.application.conversation.InMemoryRecord.BranchName;
import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.application.conversation.InMemoryRecord.Row;
import io.perpetua.application.conversation.InMemoryRecord.Stored;
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See {@link InMemoryRecord}. Families come by the names of their roots. */
final class InMemoryArchive implements Archive {

    private static final long MOST_CHARACTERS = 1_000_000;

    private final InMemoryRecord record;

    InMemoryArchive(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public Size size() {
        synchronized (record) {
            return new Size(
                    record.heads.size(),
                    record.branches.values().stream()
                            .mapToLong(branch -> branch.turns().size())
                            .sum());
        }
    }

    @Override
    public @Nullable Family familyAfter(@Nullable String place) {
        synchronized (record) {
            Map<String, List<Conversation>> byRoot = new TreeMap<>();
            record.heads.values().stream()
                    .map(head -> head.conversation)
                    .sorted(comparingInt((Conversation c) -> c.path().size())
                            .thenComparing(c -> c.key().id()))
                    .forEach(c -> byRoot.computeIfAbsent(root(c), _ -> new ArrayList<>())
                            .add(c));
            return byRoot.entrySet().stream()
                    .filter(entry -> place == null || entry.getKey().compareTo(place) > 0)
                    .findFirst()
                    .map(entry -> family(entry.getKey(), entry.getValue()))
                    .orElse(null);
        }
    }

    private static String root(Conversation conversation) {
        var scope = conversation.key().scope();
        return scope.tenant() + "\n" + scope.namespace() + "\n"
                + conversation.path().getFirst().branch();
    }

    private static Family family(String place, List<Conversation> conversations) {
        Map<String, PathSegment> branches = new LinkedHashMap<>();
        conversations.forEach(conversation -> conversation
                .path()
                .forEach(segment -> branches.merge(
                        segment.branch(),
                        segment,
                        (one, other) ->
                                new PathSegment(one.branch(), one.first(), Math.max(one.last(), other.last())))));
        return new Family(
                place,
                conversations.getFirst().key().scope(),
                branches.values().stream()
                        .sorted(comparingInt(PathSegment::first))
                        .toList(),
                conversations);
    }

    @Override
    public List<ArchivedTurn> turns(Scope scope, String branch, int after, int limit) {
        synchronized (record) {
            List<ArchivedTurn> turns = new ArrayList<>();
            Branch found = record.branches.get(new BranchName(scope, branch));
            if (found != null) {
                long characters = 0;
                for (Stored each : found.turns().tailMap(after, false).values()) {
                    characters += each.turn().message().text().length();
                    if (turns.size() == limit || (!turns.isEmpty() && characters > MOST_CHARACTERS)) {
                        break;
                    }
                    turns.add(new ArchivedTurn(each.turn(), each.fingerprint()));
                }
            }
            return turns;
        }
    }

    @Override
    public List<Added> add(List<Part> parts) {
        synchronized (record) {
            return parts.stream().map(this::add).toList();
        }
    }

    private Added add(Part part) {
        for (Stretch stretch : part.turns()) {
            String conflict = conflict(part.scope(), stretch);
            if (conflict != null) {
                return Added.conflicting(conflict);
            }
        }
        for (ArchivedConversation each : part.conversations()) {
            Head there = record.heads.get(each.conversation().key());
            if (there != null && !same(there, each)) {
                return Added.conflicting(each.conversation().key().toString());
            }
            if (there == null) {
                requireTurns(part, each.conversation());
            }
        }
        int turns = 0;
        for (Stretch stretch : part.turns()) {
            for (ArchivedTurn each : stretch.turns()) {
                turns += put(part.scope(), stretch.branch(), each) ? 1 : 0;
            }
        }
        int conversations = 0;
        for (ArchivedConversation each : part.conversations()) {
            conversations += put(each) ? 1 : 0;
        }
        return new Added(conversations, turns, null);
    }

    private @Nullable String conflict(Scope scope, Stretch stretch) {
        Branch branch = record.branches.get(new BranchName(scope, stretch.branch()));
        boolean used = isUsed(scope, stretch.branch());
        for (ArchivedTurn each : stretch.turns()) {
            Stored there =
                    branch == null ? null : branch.turns().get(each.turn().number());
            boolean fits = there == null
                    ? !used
                    : there.turn().equals(each.turn()) && there.fingerprint().equals(each.fingerprint());
            if (!fits) {
                return "turn " + each.turn().number() + " of " + stretch.branch();
            }
        }
        return null;
    }

    private boolean isUsed(Scope scope, String branch) {
        return reach(scope, branch, 0) > 0;
    }

    /** How far conversations reach into a branch; {@code none} when they do not. */
    private int reach(Scope scope, String branch, int none) {
        return record.heads.values().stream()
                .filter(head -> head.conversation.key().scope().equals(scope))
                .flatMap(head -> head.conversation.path().stream())
                .filter(segment -> segment.branch().equals(branch))
                .mapToInt(PathSegment::last)
                .max()
                .orElse(none);
    }

    private static boolean same(Head there, ArchivedConversation other) {
        return there.conversation.equals(other.conversation())
                && there.anchors.stream()
                        .sorted(comparing(anchor -> anchor.at()))
                        .toList()
                        .equals(other.anchors())
                && Objects.equals(there.brief, other.brief());
    }

    private void requireTurns(Part part, Conversation conversation) {
        for (PathSegment segment : conversation.path()) {
            Branch branch =
                    record.branches.get(new BranchName(conversation.key().scope(), segment.branch()));
            for (int number = segment.first(); number <= segment.last(); number++) {
                int wanted = number;
                boolean comes = part.turns().stream()
                        .anyMatch(stretch -> stretch.branch().equals(segment.branch())
                                && stretch.first() <= wanted
                                && wanted <= stretch.last());
                if (!comes && (branch == null || !branch.turns().containsKey(number))) {
                    throw new IllegalArgumentException(conversation.key() + " lacks turn " + number);
                }
            }
        }
    }

    private boolean put(Scope scope, String name, ArchivedTurn each) {
        var branch = record.branches.computeIfAbsent(new BranchName(scope, name), n -> new Branch(n, new TreeMap<>()));
        return branch.turns().putIfAbsent(each.turn().number(), new Stored(each.turn(), each.fingerprint())) == null;
    }

    private boolean put(ArchivedConversation each) {
        var conversation = each.conversation();
        if (record.heads.containsKey(conversation.key())) {
            return false;
        }
        for (PathSegment segment : conversation.path()) {
            int known = reach(conversation.key().scope(), segment.branch(), segment.first() - 1);
            if (known < segment.last()) {
                record.log(new Row(record.branch(conversation.key(), segment), known + 1, segment.last(), false));
            }
        }
        var head = new Head(conversation);
        head.anchors.addAll(each.anchors());
        head.brief = each.brief();
        head.grown = -record.next();
        record.heads.put(conversation.key(), head);
        return true;
    }

    @Override
    public void discard(Scope scope, List<String> branches) {
        synchronized (record) {
            for (String name : branches) {
                Branch branch = record.branches.get(new BranchName(scope, name));
                if (branch != null && !isUsed(scope, name)) {
                    branch.turns().clear();
                    record.log(new Row(branch, 1, Integer.MAX_VALUE, true));
                }
            }
        }
    }

    @Override
    public Page grown(@Nullable String cursor, int limit) {
        synchronized (record) {
            int skipped = cursor == null ? 0 : Integer.parseInt(cursor);
            List<ConversationKey> names = record.heads.values().stream()
                    .sorted(comparingLong(head -> head.grown))
                    .map(head -> head.conversation.key())
                    .skip(skipped)
                    .limit(limit)
                    .toList();
            return new Page(names, names.size() < limit ? null : Integer.toString(skipped + limit));
        }
    }

    @Override
    public void grew(List<ConversationKey> conversations) {
        synchronized (record) {
            for (ConversationKey key : conversations) {
                Head head = record.heads.get(key);
                if (head != null && head.grown < 0) {
                    head.grown = record.next();
                }
            }
        }
    }
}
