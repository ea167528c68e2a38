package io.perpetua.adapters.http.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import java.util.Locale;

/** Conversations and what belongs to them, as the wire shows them. */
final class Views {

    private static final String CREATED_AT = "created_at";

    private Views() {}

    static ObjectNode of(Conversation conversation) {
        return Json.object()
                .put("id", conversation.key().id())
                .put("namespace", conversation.key().scope().namespace())
                .put("user", conversation.user())
                .put("turns", conversation.turns())
                .put("tokens", conversation.tokens())
                .put("mode", conversation.mode().wire())
                .put("forked_from", conversation.forkedFrom())
                .put(CREATED_AT, conversation.createdAt().toString())
                .put("updated_at", conversation.updatedAt().toString());
    }

    static ObjectNode of(Turn turn) {
        var message = turn.message();
        var json = Json.object()
                .put("turn", turn.number())
                .put("role", message.role().wire())
                .put("text", message.text());
        if (message.name() != null) {
            json.put("name", message.name());
        }
        json.putRawValue("message", Json.raw(message.wire()));
        return json.put("tokens", turn.tokens()).put(CREATED_AT, turn.at().toString());
    }

    static ObjectNode of(Brief brief) {
        return Json.object()
                .put("text", brief.text())
                .put("covers_through", brief.coversThrough())
                .put("tokens", brief.tokens());
    }

    static ObjectNode of(Standing standing) {
        var json = of(standing.anchor());
        var replaced = json.putArray("replaced");
        standing.replaced()
                .forEach(each -> replaced.addObject()
                        .put("id", each.id())
                        .put("turn", each.turn())
                        .put("text", each.text()));
        return json;
    }

    static ObjectNode of(Anchor anchor) {
        return Json.object()
                .put("id", anchor.id())
                .put("text", anchor.text())
                .put("tag", anchor.tag())
                .put("priority", anchor.priority())
                .put("origin", anchor.origin().name().toLowerCase(Locale.ROOT))
                .put("kind", anchor.kind())
                .put("turn", anchor.detectedIn())
                .put("subject", anchor.subject())
                .put(CREATED_AT, anchor.at().toString());
    }
}
