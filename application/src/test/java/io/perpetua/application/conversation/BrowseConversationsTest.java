package io.perpetua.application.conversation;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.World;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.vision.DocumentFolder;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.vision.Document;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrowseConversationsTest {

    private final World world = new World();
    private final DocumentFolder folder = new DocumentFolder();
    private final AtomicInteger erasures = new AtomicInteger();
    private final BrowseConversations browse = new BrowseConversations(
            world.stores.conversations(),
            world.stores.anchors(),
            world.stores.briefs(),
            world.facts,
            folder.documents,
            key -> erasures.incrementAndGet(),
            Tracing.NONE);

    @Test
    void turns_pages_followEachOther() {
        world.say("c", user("1"), assistant("2"), user("3"), assistant("4"), user("5"));

        assertThat(browse.turns(World.key("c"), 0, 2)).extracting(Turn::number).containsExactly(1, 2);
        assertThat(browse.turns(World.key("c"), 2, 2)).extracting(Turn::number).containsExactly(3, 4);
        assertThat(browse.turns(World.key("c"), 4, Integer.MAX_VALUE))
                .extracting(Turn::number)
                .containsExactly(5);
        assertThat(browse.turns(World.key("c"), 5, 2)).isEmpty();
        assertThat(browse.turns(World.key("c"), Integer.MAX_VALUE, 2)).isEmpty();
    }

    @Test
    void export_conversation_hasAllThatIsKeptOfIt() {
        world.say("c", user("1"));
        world.stores.briefs().replace(World.key("c"), 0, new Brief("story", 1, 1));

        var export = browse.export(World.key("c"));

        assertThat(export.conversation()).isEqualTo(world.get("c"));
        assertThat(export.brief()).isEqualTo(new Brief("story", 1, 1));
        assertThat(export.anchors()).isEmpty();
    }

    @Test
    void erase_conversation_isGoneAndSaysSo() {
        world.say("c", user("1"));

        browse.erase(World.key("c"));

        assertThat(world.conversations()).isEmpty();
        assertThat(erasures).hasValue(1);
    }

    @Test
    void anything_unknownConversation_isNotFound() {
        var nowhere = World.key("nowhere");
        assertThatThrownBy(() -> browse.get(nowhere))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatThrownBy(() -> browse.turns(nowhere, 0, 1)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> browse.export(nowhere)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> browse.erase(nowhere)).isInstanceOf(RequestRefused.class);
        assertThat(erasures).hasValue(0);
    }

    @Test
    void list_scope_showsTheOneThatGrewLastFirst() {
        world.say("a", user("1"));
        world.say("b", user("1"));
        world.say("a", assistant("2"));

        var first = browse.list(World.SCOPE, null, 1);
        assertThat(first.conversations()).extracting(each -> each.key().id()).containsExactly("a");
        assertThat(browse.list(World.SCOPE, first.next(), 1).conversations())
                .extracting(each -> each.key().id())
                .containsExactly("b");
    }

    @Test
    void erase_conversationThatHasDocumentsAlone_erasesThem() {
        String id = folder.read(World.SCOPE, "a lantern", Map.of(Document.CONVERSATION, "\"c\""));

        browse.erase(World.key("c"));

        assertThat(folder.documents.find(World.SCOPE, id)).isNull();
        assertThat(erasures).hasValue(1);
        assertThatThrownBy(() -> browse.erase(World.key("c"))).isInstanceOf(RequestRefused.class);
    }

    @Test
    void export_listsTheDocumentsOfTheConversation() {
        world.say("c", user("1"), assistant("2"));
        String id = folder.read(World.SCOPE, "a lantern", Map.of(Document.CONVERSATION, "\"c\""));
        folder.read(World.SCOPE, "another", Map.of());

        assertThat(browse.export(World.key("c")).documents())
                .extracting(Document::id)
                .containsExactly(id);
    }
}
