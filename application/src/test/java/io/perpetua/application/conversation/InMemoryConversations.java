package io.perpetua.application.conversation;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.perpetua.application.conversation.InMemoryRecord.Branch;
import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.application.conversation.InMemoryRecord.Row;
import io.perpetua.application.conversation.InMemoryRecord.Stored;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** See {@link InMemoryRecord}. */
final class InMemoryConversations implements Conversations {

    private final InMemoryRecord record;

    InMemoryConversations(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head == null ? null : head.conversation;
        }
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        synchronized (record) {
            Head head = record.heads.get(key);
            if (head == null) {
                return null;
            }
            int last = head.conversation.turns();
            int first = Math.max(1, last - tail + 1);
            var turns = last < first ? List.<Turn>of() : turns(key, List.of(new TurnRange(first, last)));
            return new Past(head.conversation, turns, head.anchors, head.brief);
        }
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head == null
                    ? List.of()
                    : path(head.conversation)
                            .map(Stored::turn)
                            .filter(turn -> ranges.stream().anyMatch(range -> range.holds(turn.number())))
                            .toList();
        }
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        return turns == 0
                ? 0
                : turns(key, List.of(new TurnRange(1, turns))).stream()
                        .mapToLong(Turn::tokens)
                        .sum();
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        synchronized (record) {
            for (int messages = histories.size(); messages >= Math.max(1, atLeast); messages--) {
                int length = messages;
                var found = record.heads.values().stream()
                        .filter(head -> holds(head.conversation, length, histories.get(length - 1)))
                        .max(comparing((Head head) -> head.conversation.turns() == length)
                                .thenComparingLong(head -> head.grown));
                if (found.isPresent()) {
                    return new Recognised(found.get().conversation, length);
                }
            }
            return null;
        }
    }

    private boolean holds(Conversation conversation, int turns, Fingerprint fingerprint) {
        return conversation.turns() >= turns && fingerprint(conversation, turns).equals(fingerprint);
    }

    @Override
    public Outcome append(Append append) {
        synchronized (record) {
            record.requireRoom();
            Head head = record.heads.get(append.key());
            int turns = head == null ? 0 : head.conversation.turns();
            TurnRange done = record.appended.get(append.request());
            if (done != null) {
                return head == null ? new Outcome.Erased() : new Outcome.Appended(head.conversation, done);
            }
            if (append.expectedTurns() != Append.WHATEVER && append.expectedTurns() != turns) {
                return new Outcome.Moved(find(append.key()));
            }
            Head growing = head == null ? made(append) : head;
            return growing == null ? new Outcome.Moved(null) : grown(growing, append);
        }
    }

    private @Nullable Head made(Append append) {
        Fork from = append.from();
        Head source = from == null ? null : record.heads.get(from.source());
        if (from != null && (source == null || source.conversation.turns() < from.turns())) {
            return null;
        }
        int shared = from == null ? 0 : from.turns();
        Branch own = record.branch(append.key().scope(), append.key().id());
        List<PathSegment> path = new ArrayList<>();
        long tokens = 0;
        if (source != null) {
            source.conversation.path().stream()
                    .filter(segment -> segment.first() <= shared)
                    .map(s -> new PathSegment(s.branch(), s.first(), Math.min(s.last(), shared)))
                    .forEach(path::add);
            tokens = path(source.conversation)
                    .limit(shared)
                    .mapToLong(stored -> stored.turn().tokens())
                    .sum();
        }
        path.add(new PathSegment(own.name().name(), shared + 1, shared));
        var at = append.turns().getFirst().at();
        var head = new Head(new Conversation(
                append.key(),
                append.user(),
                path,
                shared,
                tokens,
                source == null ? Mode.FULL : source.conversation.mode(),
                source == null ? null : source.conversation.key().id(),
                at,
                at));
        if (source != null) {
            head.anchors.addAll(KeptAnchors.shared(source.anchors, shared));
            head.brief = source.brief == null || source.brief.coversThrough() > shared ? null : source.brief;
        }
        record.heads.put(append.key(), head);
        return head;
    }

    private Outcome grown(Head head, Append append) {
        var before = head.conversation;
        Branch own = record.branch(append.key(), before.path().getLast());
        Fingerprint fingerprint = fingerprint(before, before.turns());
        int number = before.turns();
        long tokens = before.tokens();
        var detected = new ArrayList<Anchor>();
        for (NewTurn turn : append.turns()) {
            fingerprint = fingerprint.then(turn.message());
            tokens += turn.tokens();
            number++;
            detected.addAll(turn.anchorsAt(number));
            own.turns()
                    .put(number, new Stored(new Turn(number, turn.message(), turn.at(), turn.tokens()), fingerprint));
        }
        List<PathSegment> path = new ArrayList<>(before.path());
        path.add(new PathSegment(own.name().name(), path.removeLast().first(), number));
        head.conversation = new Conversation(
                before.key(),
                before.user(),
                path,
                number,
                tokens,
                append.mode() == null ? before.mode() : append.mode(),
                before.forkedFrom(),
                before.createdAt(),
                append.turns().getLast().at());
        head.keep(KeptAnchors.adding(head.anchors, detected));
        head.active = Instant.now();
        head.grown = record.log(new Row(own, before.turns() + 1, number, false));
        var range = new TurnRange(before.turns() + 1, number);
        record.appended.put(append.request(), range);
        return new Outcome.Appended(head.conversation, range);
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        synchronized (record) {
            long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
            List<Head> heads = record.heads.values().stream()
                    .filter(head -> head.conversation.key().scope().equals(scope) && head.grown < before)
                    .sorted(comparingLong((Head head) -> head.grown).reversed())
                    .limit(limit + 1L)
                    .toList();
            List<Head> page = heads.subList(0, Math.min(limit, heads.size()));
            return new Page(
                    page.stream().map(head -> head.conversation).toList(),
                    heads.size() > limit ? Long.toString(page.getLast().grown) : null);
        }
    }

    @Override
    public boolean erase(ConversationKey key) {
        synchronized (record) {
            Head head = record.heads.remove(key);
            if (head == null) {
                return false;
            }
            record.answers.values().removeIf(kept -> key.equals(kept.from()));
            for (PathSegment segment : head.conversation.path()) {
                Branch branch = record.branch(key, segment);
                int kept = record.heads.values().stream()
                        .filter(other -> other.conversation.key().scope().equals(key.scope()))
                        .flatMap(other -> other.conversation.path().stream())
                        .filter(other -> other.branch().equals(segment.branch()))
                        .mapToInt(PathSegment::last)
                        .max()
                        .orElse(segment.first() - 1);
                var gone = branch.turns().tailMap(kept, false);
                if (!gone.isEmpty()) {
                    gone.clear();
                    record.log(new Row(branch, kept + 1, Integer.MAX_VALUE, true));
                }
            }
            return true;
        }
    }

    private Stream<Stored> path(Conversation conversation) {
        return conversation.path().stream()
                .flatMap(segment -> record
                        .branch(conversation.key(), segment)
                        .turns()
                        .subMap(segment.first(), true, segment.last(), true)
                        .values()
                        .stream());
    }

    private Fingerprint fingerprint(Conversation conversation, int turns) {
        return turns == 0
                ? Fingerprint.root(conversation.key().scope(), conversation.user())
                : path(conversation)
                        .skip(turns - 1L)
                        .findFirst()
                        .map(Stored::fingerprint)
                        .orElseThrow();
    }
}
