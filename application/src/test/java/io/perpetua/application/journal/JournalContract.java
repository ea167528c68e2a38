package io.perpetua.application.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.domain.journal.JournalRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every journal does. The store may hold others' rows. */
public abstract class JournalContract {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Instant ALWAYS = NOON.plus(Duration.ofDays(9_999));

    private final String tenant = "tenant " + UUID.randomUUID();
    private final Rows rows = new Rows(7);

    protected abstract Journal journal();

    @Test
    void add_anyRow_comesBackAsItWent() {
        var added = new ArrayList<JournalRow>();
        for (int i = 0; i < 300; i++) {
            added.add(rows.at(NOON.plusMillis(i), tenant, "c" + i % 7));
        }
        journal().add(added);

        assertThat(all(of(Instant.EPOCH, ALWAYS, null), 1_000)).isEqualTo(added.reversed());
        var each = new ArrayList<JournalRow>();
        journal().each(of(Instant.EPOCH, ALWAYS, null), each::add);
        assertThat(each).containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void add_again_isThereOnce() {
        var some = List.of(row(1, "a"), row(2, "a"), row(3, "b"));
        journal().add(some.subList(0, 2));
        journal().add(some);

        assertThat(all(of(Instant.EPOCH, ALWAYS, null), 9)).isEqualTo(some.reversed());
        assertThat(all(of(Instant.EPOCH, ALWAYS, "a"), 9))
                .isEqualTo(some.subList(0, 2).reversed());
    }

    @Test
    void page_inAnyPortions_givesEveryRowOnce_theLatestFirst() {
        var added = new ArrayList<JournalRow>();
        for (int i = 0; i < 50; i++) {
            added.add(rows.at(NOON.plusSeconds(i / 5), tenant, "c"));
        }
        journal().add(added.subList(0, 20));
        journal().add(added.subList(20, 50));

        for (int limit : new int[] {1, 7, 49, 50, 51}) {
            assertThat(all(of(Instant.EPOCH, ALWAYS, null), limit)).isEqualTo(added.reversed());
        }
    }

    @Test
    void page_rowsThatComeMeanwhile_moveNothing() {
        journal().add(List.of(row(1, "a"), row(2, "a"), row(3, "a")));
        var first = journal().page(of(Instant.EPOCH, ALWAYS, null), null, 2);
        journal().add(List.of(row(4, "a")));

        var second = journal().page(of(Instant.EPOCH, ALWAYS, null), first.next(), 2);

        assertThat(second.rows()).hasSize(1);
        assertThat(second.rows().getFirst().at()).isEqualTo(NOON.plusSeconds(1));
        assertThat(second.next()).isNull();
    }

    @Test
    void page_selection_isKept() {
        var one = row(1, "a");
        var two = row(2, "b");
        var three = row(3, "a");
        journal().add(List.of(one, two, three));

        assertThat(all(of(NOON.plusSeconds(2), ALWAYS, null), 9)).containsExactly(three, two);
        assertThat(all(of(Instant.EPOCH, NOON.plusSeconds(3), null), 9)).containsExactly(two, one);
        assertThat(all(of(Instant.EPOCH, ALWAYS, "a"), 1)).containsExactly(three, one);
        assertThat(all(of(Instant.EPOCH, ALWAYS, "none"), 1)).isEmpty();
        assertThat(all(new Selection("nobody", Instant.EPOCH, ALWAYS, null, null), 9))
                .isEmpty();
    }

    @Test
    void page_cursorThatIsNone_isRefused() {
        for (String cursor : List.of("", "x", "-1", "99999999999999999999999", "1:2:3")) {
            assertThatThrownBy(() -> journal().page(of(Instant.EPOCH, ALWAYS, null), cursor, 5))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void forget_someAtATime_leavesWhatIsYounger() {
        var old = new ArrayList<JournalRow>();
        for (int i = 0; i < 40; i++) {
            old.add(rows.at(Instant.EPOCH.plusSeconds(i), tenant, "c"));
        }
        journal().add(old);
        var young = row(1, "a");
        journal().add(List.of(young));

        int forgotten = 0;
        for (int some = -1; some != 0; forgotten += some) {
            some = journal().forget(NOON);
        }

        assertThat(forgotten).isGreaterThanOrEqualTo(40);
        assertThat(all(of(Instant.EPOCH, ALWAYS, null), 9)).containsExactly(young);
    }

    private JournalRow row(int second, String conversation) {
        return rows.at(NOON.plusSeconds(second), tenant, conversation);
    }

    private Selection of(Instant from, Instant to, @Nullable String conversation) {
        return new Selection(tenant, from, to, conversation == null ? null : "default", conversation);
    }

    private List<JournalRow> all(Selection selection, int limit) {
        var found = new ArrayList<JournalRow>();
        @Nullable String cursor = null;
        do {
            var page = journal().page(selection, cursor, limit);
            assertThat(page.rows().size()).isLessThanOrEqualTo(limit);
            found.addAll(page.rows());
            cursor = page.next();
        } while (cursor != null);
        return found;
    }
}
