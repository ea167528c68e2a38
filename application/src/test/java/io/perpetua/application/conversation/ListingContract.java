package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.Conversations.Page;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Conversations} owes whoever browses a scope. */
public abstract class ListingContract extends RecordContract {

    @Test
    void list_emptyScope_isOneEmptyPage() {
        assertThat(conversations().list(scope, null, 5)).isEqualTo(new Page(List.of(), null));
    }

    @Test
    void list_theOneThatGrewLast_comesFirst() {
        say(key("a"), "1");
        say(key("b"), "1");
        say(key("a"), "2");

        var page = conversations().list(scope, null, 5);

        assertThat(ids(page)).containsExactly("a", "b");
        assertThat(page.conversations().getFirst()).isEqualTo(conversations().find(key("a")));
        assertThat(page.next()).isNull();
    }

    @Test
    void list_pageByPage_givesEachOnce() {
        IntStream.range(0, 7).forEach(i -> say(key("c" + i), "1"));

        List<String> ids = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            var page = conversations().list(scope, cursor, 3);
            ids.addAll(ids(page));
            sizes.add(page.conversations().size());
            cursor = page.next();
        } while (cursor != null);

        assertThat(ids).containsExactly("c6", "c5", "c4", "c3", "c2", "c1", "c0");
        assertThat(sizes).containsExactly(3, 3, 1);
    }

    @Test
    void list_exactlyFullPage_isTheLast() {
        IntStream.range(0, 3).forEach(i -> say(key("c" + i), "1"));

        assertThat(conversations().list(scope, null, 3).next()).isNull();
    }

    @Test
    void list_changesBetweenPages_repeatNothingAndSkipNothingThatStayed() {
        IntStream.range(0, 6).forEach(i -> say(key("c" + i), "1"));
        var first = conversations().list(scope, null, 2);

        say(key("new"), "1");
        say(key("c5"), "2");
        conversations().erase(key("c4"));
        conversations().erase(key("c2"));

        assertThat(ids(conversations().list(scope, first.next(), 9))).containsExactly("c3", "c1", "c0");
    }

    @Test
    void list_otherScopes_areNotSeen() {
        say(key, "1");
        say(new ConversationKey(new Scope(scope.tenant(), "other"), "other"), "1");

        assertThat(ids(conversations().list(scope, null, 5))).containsExactly("conversation");
    }

    @Test
    void list_cursorFromNowhere_isRefused() {
        assertThatThrownBy(() -> conversations().list(scope, "nonsense", 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(Page page) {
        return page.conversations().stream().map(c -> c.key().id()).toList();
    }
}
