package io.perpetua.adapters.http.conversation;

import io.perpetua.adapters.http.PulledBody;
import io.perpetua.adapters.http.facts.FactViews;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.vision.DocumentView;
import io.perpetua.application.conversation.BrowseConversations;
import io.perpetua.application.conversation.BrowseConversations.Export;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.vision.Document;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document of a conversation and all that belongs to it, page by page, so that its length does not matter. Turns
 * that are added while it is being read are not in it.
 */
final class ExportDocument implements PulledBody.Source {

    private static final int PAGE = 100;

    private final BrowseConversations conversations;
    private final Export export;
    private final Iterator<Document> documents;
    private int written;
    private State state = State.HEAD;

    private enum State {
        HEAD,
        DOCUMENTS,
        TURNS,
        END
    }

    ExportDocument(BrowseConversations conversations, Export export) {
        this.conversations = conversations;
        this.export = export;
        documents = export.documents().iterator();
    }

    @Override
    public byte @Nullable [] next() {
        String text = switch (state) {
            case HEAD -> head();
            case DOCUMENTS -> document();
            case TURNS -> page();
            case END -> null;
        };
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // Nothing is held between two pages.
    }

    private String head() {
        state = State.DOCUMENTS;
        var json = Json.object();
        json.set("conversation", Views.of(export.conversation()));
        json.set("brief", export.brief() == null ? json.nullNode() : Views.of(export.brief()));
        var anchors = json.putArray("anchors");
        export.anchors().forEach(anchor -> anchors.add(Views.of(anchor)));
        var facts = json.putArray("facts");
        export.facts().forEach(fact -> facts.add(FactViews.of(fact)));
        String object = Json.write(json);
        return object.substring(0, object.length() - 1) + ",\"documents\":[";
    }

    /** One at a time, since its bytes are read for their digest. They are not in the export. */
    private String document() {
        if (!documents.hasNext()) {
            state = State.TURNS;
            return "],\"turns\":[";
        }
        var document = documents.next();
        String digest = conversations.digest(export.conversation().key().scope(), document);
        return Json.write(DocumentView.of(document).put("sha256", digest)) + (documents.hasNext() ? "," : "");
    }

    private String page() {
        int left = export.conversation().turns() - written;
        var turns = left <= 0
                ? List.<Turn>of()
                : conversations.turns(export.conversation().key(), written, Math.min(PAGE, left));
        if (turns.isEmpty()) {
            state = State.END;
            return "]}\n";
        }
        String separator = written == 0 ? "" : ",";
        written = turns.getLast().number();
        return turns.stream().map(turn -> Json.write(Views.of(turn))).collect(Collectors.joining(",", separator, ""));
    }
}
