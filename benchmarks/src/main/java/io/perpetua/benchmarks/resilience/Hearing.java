package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What was heard so far of one answer, and what that comes to. Not safe for concurrent use. */
final class Hearing {

    private final int prompt;
    private final boolean stream;
    private final long start = System.nanoTime();
    private final StringBuilder text = new StringBuilder();
    private int status;
    private String error = "";
    private boolean finished;
    private boolean done;
    private long first;
    private long last;
    private JsonNode metadata = MissingNode.getInstance();

    Hearing(int prompt, boolean stream) {
        this.prompt = prompt;
        this.stream = stream;
    }

    void status(int code) {
        status = code;
    }

    long elapsed() {
        return System.nanoTime() - start;
    }

    void done() {
        done = true;
    }

    void body(JsonNode json) {
        if (json.has("error")) {
            error(json);
        } else {
            said(json.at("/choices/0/message/content").asText(""));
            finished = json.at("/choices/0/finish_reason").asText("").equals("stop");
            done = true;
            metadata = json.path("perpetual_metadata");
        }
    }

    void chunk(JsonNode json) {
        said(json.at("/choices/0/delta/content").asText(""));
        finished |= json.at("/choices/0/finish_reason").asText("").equals("stop");
        if (json.has("perpetual_metadata")) {
            metadata = json.path("perpetual_metadata");
        }
    }

    void error(JsonNode json) {
        var said = json.path("error");
        error = said.path("code").asText(said.path("message").asText("error without a message"));
        metadata = json.path("perpetual_metadata");
    }

    private void said(String more) {
        if (!more.isEmpty()) {
            last = elapsed();
            first = first == 0 ? last : first;
            text.append(more);
        }
    }

    Seen end() {
        if (!error.isEmpty()) {
            // an error after "that was all" would be two ends
            return end(done && stream ? Fate.UNINTELLIGIBLE : text.isEmpty() ? Fate.REFUSED : Fate.BROKEN_OFF);
        }
        if (status != 200) {
            return end(Fate.UNINTELLIGIBLE);
        }
        return end(done && finished && Answer.isWhole(text.toString(), prompt) ? Fate.WHOLE : Fate.SILENTLY_TRUNCATED);
    }

    Seen end(Fate fate) {
        long whole = elapsed();
        return new Seen(
                prompt,
                stream,
                fate,
                status,
                error,
                first == 0 ? whole : first,
                last == 0 ? whole : last,
                whole,
                metadata);
    }
}
