package io.perpetua.adapters.http.vision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.domain.vision.Document;

/** Documents as clients see them. */
public final class DocumentView {

    private DocumentView() {}

    public static ObjectNode of(Document document) {
        var json = Json.object()
                .put("doc_id", document.id())
                .put("status", document.ready() ? "ready" : "indexing")
                .put("doc_url", document.address())
                .put("media_type", document.mediaType())
                .put("bytes", document.bytes())
                .put("pages", document.pages());
        var metadata = json.putObject("metadata");
        document.metadata().forEach((name, value) -> metadata.set(name, Json.tree(value)));
        return json.put("created_at", document.at().toString());
    }
}
