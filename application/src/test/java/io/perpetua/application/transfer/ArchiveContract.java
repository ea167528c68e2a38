package io.perpetua.application.transfer;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.application.conversation.RecordContract;
import io.perpetua.application.transfer.Archive.Added;
import io.perpetua.application.transfer.Archive.Family;
import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Archive.Stretch;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every {@link Archive} owes those who move conversations. */
public abstract class ArchiveContract extends RecordContract {

    private static final Detected BERGEN = new Detected(Kind.IDENTITY, "I live in Bergen.", "home");
    private static final Detected OSLO = new Detected(Kind.IDENTITY, "I live in Oslo.", "home");

    private final ConversationKey fork = new ConversationKey(scope, "fork");
    private final ConversationKey twig = new ConversationKey(scope, "twig");

    protected abstract Archive archive();

    @Test
    void familyAfter_forks_areOneFamilyWithTheTurnsThatAreOnAPath() {
        grow();
        say(key("other"), "x");

        var families = families();

        assertThat(families).hasSize(2);
        var family = families.getFirst();
        assertThat(family.scope()).isEqualTo(scope);
        assertThat(family.conversations())
                .containsExactly(
                        conversations().find(key),
                        conversations().find(fork),
                        conversations().find(twig));
        assertThat(family.branches())
                .containsExactly(
                        new PathSegment(branch(key), 1, 5),
                        new PathSegment(branch(fork), 3, 4),
                        new PathSegment(branch(twig), 4, 4));
    }

    @Test
    void familyAfter_eldestErased_leavesWhatForksShare() {
        say(key, "a", "b", "c");
        fork(key, 2, fork, "x");
        String root = branch(key);
        conversations().erase(key);

        assertThat(families().getFirst().branches())
                .containsExactly(new PathSegment(root, 1, 2), new PathSegment(branch(fork), 3, 3));
    }

    @Test
    void turns_pages_areWholeAndCarryTheirHistories() {
        say(key, "a", "b", "c");

        var first = archive().turns(scope, branch(key), 0, 2);
        var second = archive().turns(scope, branch(key), 2, 2);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        assertThat(archive().turns(scope, branch(key), 3, 2)).isEmpty();
        assertThat(archive().turns(scope, "nobody", 0, 2)).isEmpty();
        var all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(all.stream().map(ArchivedTurn::turn).toList()).isEqualTo(turns(key));
        assertThat(all.stream().map(ArchivedTurn::fingerprint).toList())
                .isEqualTo(histories(scope, null, "a", "b", "c"));
    }

    @Test
    void turns_longOnes_comeAFewAtATime() {
        for (int i = 0; i < 4; i++) {
            say(key, "x".repeat(400_000) + i);
        }

        var numbers = new ArrayList<Integer>();
        var page = archive().turns(scope, branch(key), 0, 4);
        assertThat(page).hasSizeLessThan(4);
        while (!page.isEmpty()) {
            page.forEach(each -> numbers.add(each.turn().number()));
            page = archive().turns(scope, branch(key), numbers.getLast(), 4);
        }
        assertThat(numbers).containsExactly(1, 2, 3, 4);
    }

    @Test
    void size_countsSharedTurnsOnce() {
        var before = archive().size();
        grow();

        assertThat(archive().size())
                .isEqualTo(new Archive.Size(before.conversations() + 3, before.turns() + 5 + 2 + 1));
    }

    @Test
    void add_whatWasErased_bringsEverythingBack() {
        grow();
        var part = whole(families().getFirst());
        var before = everything();
        var turns = turns(twig);
        erase(key, fork, twig);
        assertThat(conversations().find(key)).isNull();

        assertThat(archive().add(List.of(part))).containsExactly(new Added(3, 8, null));

        assertThat(everything()).isEqualTo(before);
        assertThat(turns(twig)).isEqualTo(turns);
        assertThat(whole(families().getFirst())).isEqualTo(part);
    }

    @Test
    void add_conversations_areRecognisedAndGoOn() {
        grow();
        var part = whole(families().getFirst());
        erase(key, fork, twig);
        archive().add(List.of(part));

        var recognised = requireNonNull(conversations().recognise(histories(scope, null, "a", "b", "x", "p"), 1));
        assertThat(recognised.conversation().key()).isEqualTo(twig);
        assertThat(recognised.messages()).isEqualTo(4);
        assertThat(say(key, "more").turns()).isEqualTo(6);
        assertThat(fork(fork, 4, key("late"), "z").turns()).isEqualTo(5);
        assertThat(texts(key("late"))).containsExactly("a", "b", "x", "y", "z");
        assertThat(conversations().erase(key)).isTrue();
        assertThat(texts(fork)).containsExactly("a", "b", "x", "y");
    }

    @Test
    void add_conversations_oweTheIndexTheirTurnsOnce() {
        grow();
        var part = whole(families().getFirst());
        erase(key, fork, twig);
        outbox().forget(Long.MAX_VALUE);

        archive().add(List.of(part));

        assertThat(written())
                .containsExactlyInAnyOrder(
                        branch(key) + " 1",
                        branch(key) + " 2",
                        branch(key) + " 3",
                        branch(key) + " 4",
                        branch(key) + " 5",
                        branch(fork) + " 3",
                        branch(fork) + " 4",
                        branch(twig) + " 4");
        outbox().forget(Long.MAX_VALUE);
        archive().add(List.of(part));
        assertThat(written()).isEmpty();
    }

    @Test
    void add_whileAnErasureWaitsForTheIndex_isIndexedAfterIt() {
        say(key, "a", "b");
        var part = whole(families().getFirst());
        outbox().forget(Long.MAX_VALUE);
        conversations().erase(key);
        archive().add(List.of(part));

        assertThat(outbox().pending(0, 10))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOf(Entry.Erased.class),
                        other -> assertThat(other).isInstanceOf(Entry.Written.class));
        outbox().forget(Long.MAX_VALUE);
        assertThat(texts(key)).containsExactly("a", "b");
    }

    @Test
    void add_again_changesNothing() {
        grow();
        var before = everything();

        assertThat(archive().add(List.of(whole(families().getFirst())))).containsExactly(new Added(0, 0, null));

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void add_someOfItThere_addsTheRest() {
        grow();
        var part = whole(families().getFirst());
        erase(twig);

        assertThat(archive().add(List.of(part))).containsExactly(new Added(1, 1, null));
        assertThat(texts(twig)).containsExactly("a", "b", "x", "p");
    }

    @Test
    void add_turnsThatDiffer_addsNothingOfThatPart() {
        say(key, "a", "b");
        var part = whole(families().getFirst());
        erase(key);
        say(key, "a", "c");

        var added = archive().add(List.of(part));

        assertThat(added).hasSize(1);
        assertThat(requireNonNull(added.getFirst().conflict())).contains("conversation");
        assertThat(texts(key)).containsExactly("a", "c");
    }

    @Test
    void add_conversationThatHasGoneOn_addsNothing() {
        say(key, "a", "b");
        var part = whole(families().getFirst());
        say(key, "c");
        var before = everything();

        assertThat(archive().add(List.of(part)).getFirst().conflict()).isNotNull();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void add_conversationThatWouldGoOn_addsNothing() {
        say(key, "a", "b", "c");
        var part = whole(families().getFirst());
        erase(key);
        say(key, "a", "b");

        assertThat(archive().add(List.of(part)).getFirst().conflict()).isNotNull();

        assertThat(texts(key)).containsExactly("a", "b");
        assertThat(say(key, "d").turns()).isEqualTo(3);
        assertThat(texts(key)).containsExactly("a", "b", "d");
    }

    @Test
    void add_otherAnchorsOrBrief_conflict() {
        grow();
        var part = whole(families().getFirst());
        anchors().pin(key, pinned("new"));

        assertThat(archive().add(List.of(part)).getFirst().conflict()).isNotNull();

        anchors().remove(key, "new");
        assertThat(archive().add(List.of(part)).getFirst().conflict()).isNull();
        briefs().replace(key, 2, new Brief("Longer.", 3, 2));
        assertThat(archive().add(List.of(part)).getFirst().conflict()).isNotNull();
    }

    @Test
    void add_several_conflictsLeaveTheOthersAlone() {
        say(key, "a");
        say(fork, "b");
        say(twig, "c");
        var parts = families().stream().map(this::whole).toList();
        erase(key, fork, twig);
        say(fork, "other");

        var added = archive().add(parts);

        assertThat(added.stream().map(each -> each.conflict() == null)).containsExactly(true, false, true);
        assertThat(texts(key)).containsExactly("a");
        assertThat(texts(fork)).containsExactly("other");
        assertThat(texts(twig)).containsExactly("c");
    }

    @Test
    void add_conversationThatLacksTurns_isRefused() {
        say(key, "a", "b");
        var part = whole(families().getFirst());
        erase(key);
        var stretch = part.turns().getFirst();
        var half = new Part(
                scope, List.of(new Stretch(stretch.branch(), stretch.turns().subList(0, 1))), part.conversations());

        assertThatThrownBy(() -> archive().add(List.of(half))).isInstanceOf(IllegalArgumentException.class);
        assertThat(conversations().find(key)).isNull();
        assertThat(archive().turns(scope, stretch.branch(), 0, 10)).isEmpty();
    }

    @Test
    void add_aPieceAtATime_isSeenWhenTheConversationComes() {
        say(key, "a", "b", "c");
        var part = whole(families().getFirst());
        erase(key);
        outbox().forget(Long.MAX_VALUE);
        var stretch = part.turns().getFirst();

        archive().add(List.of(piece(stretch, 0, 2), piece(stretch, 2, 3)));

        assertThat(conversations().recognise(histories(scope, null, "a", "b"), 1))
                .isNull();
        assertThat(conversations().find(key)).isNull();
        assertThat(written()).isEmpty();
        assertThat(archive().add(List.of(new Part(scope, List.of(), part.conversations()))))
                .containsExactly(new Added(1, 0, null));
        assertThat(texts(key)).containsExactly("a", "b", "c");
        assertThat(written()).containsExactly(branch(key) + " 1", branch(key) + " 2", branch(key) + " 3");
    }

    @Test
    void discard_turnsOfNobody_areGoneAndMayComeAgain() {
        say(key, "a", "b");
        var part = whole(families().getFirst());
        var stretch = part.turns().getFirst();
        erase(key);
        archive().add(List.of(piece(stretch, 0, 2)));

        archive().discard(scope, List.of(stretch.branch(), "nobody"));

        assertThat(archive().turns(scope, stretch.branch(), 0, 10)).isEmpty();
        outbox().forget(Long.MAX_VALUE);
        assertThat(archive().add(List.of(part))).containsExactly(new Added(1, 2, null));
        assertThat(texts(key)).containsExactly("a", "b");
    }

    @Test
    void discard_turnsOfSomebody_stay() {
        say(key, "a", "b");

        archive().discard(scope, List.of(branch(key)));

        assertThat(texts(key)).containsExactly("a", "b");
    }

    @Test
    void grew_added_areListedInThatOrderAfterTheOthers() {
        say(key, "a");
        say(fork, "b");
        var parts = families().stream().map(this::whole).toList();
        erase(key, fork);
        say(twig, "c");

        archive().add(parts);
        archive().grew(List.of(fork, key, twig, key("none")));

        assertThat(conversations().list(scope, null, 10).conversations().stream()
                        .map(each -> each.key().id()))
                .containsExactly("conversation", "fork", "twig");
        archive().grew(List.of(key, fork));
        assertThat(names()).containsExactly("twig", "fork", "conversation");
        say(twig, "d");
        assertThat(names()).containsExactly("fork", "conversation", "twig");
    }

    @Test
    void grown_pages_haveEachOnceTheOldestFirst() {
        say(key, "a");
        say(fork, "b");
        say(key, "c");
        say(twig, "d");

        assertThat(names()).containsExactly("fork", "conversation", "twig");
    }

    /** A conversation, a fork of it and a fork of that, with all that can be kept of one. */
    private void grow() {
        say(key, "a", "b");
        briefs().replace(key, 0, new Brief("Short.", 2, 1));
        detect(key, BERGEN);
        detect(key, OSLO);
        anchors().pin(key, pinned("p"));
        fork(key, 2, fork, "x", "y");
        fork(fork, 3, twig, "p");
        say(key, "c");
    }

    private static Anchor pinned(String id) {
        return new Anchor(id, "Be " + id + ".", "style", -3, Origin.PINNED, 4, null, NOON.plusSeconds(120));
    }

    private void erase(ConversationKey... keys) {
        for (ConversationKey each : keys) {
            conversations().erase(each);
        }
    }

    /** The families of this test's scope, in the order of their names. */
    private List<Family> families() {
        var families = new ArrayList<Family>();
        for (var each = archive().familyAfter(null);
                each != null;
                each = archive().familyAfter(each.place())) {
            if (each.scope().equals(scope) && !families.contains(each)) {
                families.add(each);
            }
        }
        families.sort(comparing(each -> each.conversations().getFirst().key().id()));
        return families;
    }

    private Part whole(Family family) {
        var stretches = new ArrayList<Stretch>();
        for (PathSegment branch : family.branches()) {
            var turns = archive().turns(scope, branch.branch(), branch.first() - 1, 100).stream()
                    .filter(turn -> turn.turn().number() <= branch.last())
                    .toList();
            stretches.add(new Stretch(branch.branch(), turns));
        }
        return new Part(
                scope,
                stretches,
                family.conversations().stream()
                        .map(each ->
                                new ArchivedConversation(each, anchors().of(each.key()), briefs().find(each.key())))
                        .toList());
    }

    /** Turns alone: those of a stretch from index {@code from} to before {@code to}. */
    private Part piece(Stretch stretch, int from, int to) {
        return new Part(
                scope, List.of(new Stretch(stretch.branch(), stretch.turns().subList(from, to))), List.of());
    }

    /** Everything about the three conversations. */
    private List<Object> everything() {
        var all = new ArrayList<>();
        for (ConversationKey each : List.of(key, fork, twig)) {
            all.add(String.valueOf(conversations().find(each)));
            all.addAll(turns(each));
            all.addAll(anchors().of(each));
            all.add(String.valueOf(briefs().find(each)));
        }
        return all;
    }

    /** The turns of this scope that wait for the index, as often as they do. */
    private List<String> written() {
        return outbox().pending(0, 100).stream()
                .filter(entry -> entry.scope().equals(scope))
                .flatMap(entry -> entry instanceof Entry.Written(var _, var _, var branch, List<Turn> turns)
                        ? turns.stream().map(turn -> branch + " " + turn.number())
                        : new TreeSet<String>().stream())
                .toList();
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        var page = archive().grown(null, 2);
        page.names().stream().filter(each -> each.scope().equals(scope)).forEach(each -> names.add(each.id()));
        while (page.next() != null) {
            page = archive().grown(page.next(), 2);
            page.names().stream().filter(each -> each.scope().equals(scope)).forEach(each -> names.add(each.id()));
        }
        return names;
    }
}
