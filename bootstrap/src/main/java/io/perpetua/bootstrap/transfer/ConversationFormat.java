package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.application.transfer.Entry;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.mode.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of families and conversations. */
final class ConversationFormat {

    private ConversationFormat() {}

    static ObjectNode family(Entry.Begun begun) {
        var node = EntryFormat.JSON
                .createObjectNode()
                .put("tenant", begun.scope().tenant())
                .put("namespace", begun.scope().namespace());
        path(node.putArray("branches"), begun.branches());
        return node;
    }

    static Entry.Begun family(FieldsOf fields) {
        return new Entry.Begun(
                new Scope(fields.text("tenant"), fields.text("namespace")),
                fields.each("branches", ConversationFormat::segment));
    }

    private static void path(ArrayNode array, List<PathSegment> path) {
        path.forEach(segment -> array.addObject()
                .put("branch", segment.branch())
                .put("first", segment.first())
                .put("last", segment.last()));
    }

    private static PathSegment segment(FieldsOf fields) {
        return new PathSegment(fields.text("branch"), fields.count("first"), fields.count("last"));
    }

    static ObjectNode conversation(ArchivedConversation archived) {
        var head = archived.conversation();
        var node = EntryFormat.JSON.createObjectNode().put("id", head.key().id());
        if (head.user() != null) {
            node.put("user", head.user());
        }
        path(node.putArray("path"), head.path());
        node.put("turns", head.turns()).put("tokens", head.tokens()).put("mode", word(head.mode()));
        if (head.forkedFrom() != null) {
            node.put("forked_from", head.forkedFrom());
        }
        node.put("created_at", head.createdAt().toString())
                .put("updated_at", head.updatedAt().toString());
        if (!archived.anchors().isEmpty()) {
            var anchors = node.putArray("anchors");
            archived.anchors().forEach(anchor -> anchors.add(anchor(anchor)));
        }
        if (archived.brief() != null) {
            node.putObject("brief")
                    .put("text", archived.brief().text())
                    .put("covers_through", archived.brief().coversThrough())
                    .put("tokens", archived.brief().tokens());
        }
        return node;
    }

    static ArchivedConversation conversation(FieldsOf fields, Scope scope) {
        var head = new Conversation(
                new ConversationKey(scope, fields.text("id")),
                fields.textOrNull("user"),
                fields.each("path", ConversationFormat::segment),
                fields.count("turns"),
                fields.number("tokens"),
                fields.word("mode", word -> of(Mode.values(), word)),
                fields.textOrNull("forked_from"),
                fields.instant("created_at"),
                fields.instant("updated_at"));
        return new ArchivedConversation(
                head, fields.each("anchors", ConversationFormat::anchor), brief(fields.objectOrNull("brief")));
    }

    private static @Nullable Brief brief(@Nullable FieldsOf fields) {
        return fields == null
                ? null
                : new Brief(fields.text("text"), fields.count("covers_through"), fields.count("tokens"));
    }

    private static ObjectNode anchor(Anchor anchor) {
        return EntryFormat.JSON
                .createObjectNode()
                .put("id", anchor.id())
                .put("text", anchor.text())
                .put("tag", anchor.tag())
                .put("priority", anchor.priority())
                .put("origin", word(anchor.origin()))
                .put("turn", anchor.turn())
                .put("subject", anchor.subject())
                .put("at", anchor.at().toString());
    }

    private static Anchor anchor(FieldsOf fields) {
        return new Anchor(
                fields.text("id"),
                fields.text("text"),
                fields.textOrNull("tag"),
                Math.toIntExact(fields.number("priority")),
                fields.word("origin", word -> of(Origin.values(), word)),
                fields.count("turn"),
                fields.textOrNull("subject"),
                fields.instant("at"));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <T extends Enum<T>> @Nullable T of(T[] values, String word) {
        return Arrays.stream(values)
                .filter(each -> word(each).equals(word))
                .findFirst()
                .orElse(null);
    }
}
