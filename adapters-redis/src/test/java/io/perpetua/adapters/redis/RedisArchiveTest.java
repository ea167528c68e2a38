package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.transfer.Archive.Added;
import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Archive.Stretch;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Families that were named by another store. */
class RedisArchiveTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int TOKENS = 5;

    private static @Nullable RedisProcess server;
    private static @Nullable RecordOverRedis record;

    private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "default");
    private final ConversationKey trip = new ConversationKey(scope, "trip");
    private final ConversationKey late = new ConversationKey(scope, "late");

    /** Of "gone", which was erased, "trip" shares two turns and "late" three. */
    private final Stretch gone = stretch("gone", 1, 3);

    private final Stretch second = stretch("trip~2", 3, 4);
    private final Stretch third = stretch("late", 4, 4);

    @BeforeAll
    static void start() {
        server = RedisProcess.start("--appendfsync", "no");
        record = new RecordOverRedis(server.url());
    }

    @AfterAll
    static void stop() {
        requireNonNull(record).close();
        requireNonNull(server).close();
    }

    @Test
    void add_branchesNamedElsewhere_keepTheirNames() {
        var archive = record().archive;
        var before = archive.size();

        assertThat(archive.add(List.of(whole()))).containsExactly(new Added(2, 6, null));

        var family = requireNonNull(archive.familyAfter(null));
        while (!family.scope().equals(scope)) {
            family = requireNonNull(archive.familyAfter(family.place()));
        }
        assertThat(family.branches())
                .containsExactlyInAnyOrder(
                        new PathSegment("gone", 1, 3), new PathSegment("trip~2", 3, 4), new PathSegment("late", 4, 4));
        assertThat(family.conversations()).containsExactlyInAnyOrder(trip().conversation(), late().conversation());
        for (Stretch each : List.of(gone, second, third)) {
            assertThat(archive.turns(scope, each.branch(), 0, 10)).isEqualTo(each.turns());
            assertThat(record().outbox.turns(scope, each.branch(), each.first(), 10))
                    .isEqualTo(turns(each));
        }
        assertThat(texts(trip)).containsExactly("gone 1", "gone 2", "trip~2 3", "trip~2 4");
        assertThat(record().conversations.tokens(late, 4)).isEqualTo(4 * TOKENS);
        assertThat(archive.size().turns() - before.turns()).isEqualTo(6);
        assertThat(archive.add(List.of(whole()))).containsExactly(new Added(0, 0, null));
    }

    @Test
    void add_inParts_theSecondForkBringsTheRestOfWhatIsShared() {
        var archive = record().archive;

        archive.add(List.of(new Part(scope, List.of(gone, second, third), List.of())));
        archive.add(List.of(new Part(scope, List.of(), List.of(trip()))));
        assertThat(archive.turns(scope, "gone", 0, 10)).hasSize(2);
        archive.add(List.of(new Part(scope, List.of(), List.of(late()))));

        assertThat(archive.turns(scope, "gone", 0, 10)).isEqualTo(gone.turns());
        assertThat(texts(late)).containsExactly("gone 1", "gone 2", "gone 3", "late 4");
        assertThat(record().conversations.tokens(late, 4)).isEqualTo(4 * TOKENS);
    }

    @Test
    void erase_oneAfterTheOther_takesWhatNobodyHasOnThePath() {
        var archive = record().archive;
        archive.add(List.of(whole()));
        record().outbox.forget(Long.MAX_VALUE);

        record().conversations.erase(late);
        assertThat(erased()).containsExactlyInAnyOrder("gone after 2", "late after 3");
        record().outbox.forget(Long.MAX_VALUE);
        record().conversations.erase(trip);
        assertThat(erased()).containsExactlyInAnyOrder("gone after 0", "trip~2 after 2");

        assertThat(archive.add(List.of(whole()))).containsExactly(new Added(2, 6, null));
        assertThat(texts(trip)).hasSize(4);
    }

    @Test
    void add_whatABrokenImportLeft_isOverwritten() {
        var archive = record().archive;
        archive.add(List.of(whole()));
        var place = record().homes.find(trip);
        Branch branch = Branch.imported(trip, "trip~2");
        record().conversations.erase(late);
        record().conversations.erase(trip);
        record().link.ask(commands -> commands.rpush(branch.turns(place), new byte[] {1}));

        assertThat(archive.add(List.of(whole()))).containsExactly(new Added(2, 6, null));

        assertThat(texts(trip)).containsExactly("gone 1", "gone 2", "trip~2 3", "trip~2 4");
    }

    @Test
    void add_byACommandThatHasEnded_isIndexedByAServer() {
        try (var command = new RecordOverRedis(requireNonNull(server).url())) {
            command.archive.add(List.of(whole()));
        }

        record().takeover.look();
        record().takeover.look();

        assertThat(record().outbox.pending(0, 1_000))
                .filteredOn(entry -> entry.scope().equals(scope))
                .flatExtracting(entry -> entry instanceof Entry.Written written ? written.turns() : List.of())
                .hasSize(6);
    }

    @Test
    void list_addedButNotPlaced_isNotListed() {
        var archive = record().archive;
        record().conversations
                .append(new Append(
                        new ConversationKey(scope, "here"),
                        null,
                        null,
                        0,
                        List.of(new NewTurn(Said.user("x"), NOON, TOKENS, List.of())),
                        null,
                        UUID.randomUUID().toString()));
        archive.add(List.of(whole()));
        assertThat(listed()).containsExactly("here");

        archive.grew(List.of(late, trip));

        assertThat(listed()).containsExactly("trip", "late", "here");
    }

    private List<String> listed() {
        return record().conversations.list(scope, null, 10).conversations().stream()
                .map(each -> each.key().id())
                .toList();
    }

    private List<String> erased() {
        return record().outbox.pending(0, 1_000).stream()
                .filter(entry -> entry.scope().equals(scope))
                .map(entry -> entry instanceof Entry.Erased(var _, var _, var branch, int after)
                        ? branch + " after " + after
                        : "written")
                .toList();
    }

    private Part whole() {
        return new Part(scope, List.of(gone, second, third), List.of(trip(), late()));
    }

    private ArchivedConversation trip() {
        return conversation(trip, new PathSegment("gone", 1, 2), new PathSegment("trip~2", 3, 4));
    }

    private ArchivedConversation late() {
        return conversation(late, new PathSegment("gone", 1, 3), new PathSegment("late", 4, 4));
    }

    private static ArchivedConversation conversation(ConversationKey key, PathSegment... path) {
        var conversation = new Conversation(key, null, List.of(path), 4, 4L * TOKENS, Mode.FULL, "gone", NOON, NOON);
        return new ArchivedConversation(conversation, List.of(), null);
    }

    private Stretch stretch(String branch, int first, int last) {
        var turns = new ArrayList<ArchivedTurn>();
        for (int number = first; number <= last; number++) {
            var message = Said.user(branch + " " + number);
            turns.add(new ArchivedTurn(
                    new Turn(number, message, NOON, TOKENS),
                    Fingerprint.root(scope, branch + number).then(message)));
        }
        return new Stretch(branch, turns);
    }

    private static List<Turn> turns(Stretch stretch) {
        return stretch.turns().stream().map(ArchivedTurn::turn).toList();
    }

    private static List<String> texts(ConversationKey key) {
        return record().conversations.turns(key, List.of(new TurnRange(1, 10))).stream()
                .map(turn -> turn.message().text())
                .toList();
    }

    private static RecordOverRedis record() {
        return requireNonNull(record);
    }
}
