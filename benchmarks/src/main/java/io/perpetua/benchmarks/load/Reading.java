package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.benchmarks.load.Reply.Allowance;
import io.perpetua.benchmarks.resilience.Answer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has come so far of a response, and what that amounts to. Not safe for concurrent use. */
final class Reading {

    /** Refusals of the queue, which tell its numbers. */
    private static final Set<String> OF_THE_QUEUE =
            Set.of("queue_full", "displaced", "user_queue_full", "queue_timeout");
    /** A budget that is used up may never come back, so it need not say when. */
    private static final String NO_BUDGET = "insufficient_quota";

    private static final String LIMITED = "rate_limit_exceeded";

    private final int prompt;
    private final long start = System.nanoTime();
    private final StringBuilder text = new StringBuilder();
    private int status;
    private boolean stream;
    private long retryAfter = -1;
    private boolean numbers;
    private @Nullable Allowance limit;
    private String code = "";
    private boolean failed;
    private boolean done;
    private boolean finished;
    private long first;
    private double waitMs = Double.NaN;
    private double cost = Double.NaN;

    /** Of the response to the prompt of that number. */
    Reading(int prompt) {
        this.prompt = prompt;
    }

    void status(int number) {
        status = number;
    }

    void contentType(String type) {
        stream = type.startsWith("text/event-stream");
    }

    boolean isStream() {
        return stream;
    }

    boolean hasContent() {
        return !text.isEmpty();
    }

    void retryAfter(String header) {
        retryAfter = header.matches("\\d{1,9}") ? Long.parseLong(header) : -1;
    }

    void limit(String most, String remaining, String reset) {
        if (most.matches("\\d{1,9}") && remaining.matches("\\d{1,9}") && !reset.isEmpty()) {
            limit = new Allowance(Integer.parseInt(most), Integer.parseInt(remaining), reset);
        }
    }

    void body(JsonNode json) {
        if (json.has("error")) {
            error(json);
            return;
        }
        said(json.at("/choices/0/message/content").asText(""));
        finished = json.at("/choices/0/finish_reason").asText("").equals("stop");
        done = true;
        account(json);
    }

    void chunk(JsonNode json) {
        said(json.at("/choices/0/delta/content").asText(""));
        finished |= json.at("/choices/0/finish_reason").asText("").equals("stop");
        account(json);
    }

    void error(JsonNode json) {
        failed = true;
        var said = json.path("error");
        code = said.path("code").asText(said.path("type").asText(""));
        for (JsonNode each : json.path("queue")) {
            numbers |= each.isNumber();
        }
        account(json);
    }

    void done() {
        done = true;
    }

    private void account(JsonNode json) {
        var metadata = json.path("perpetual_metadata");
        if (metadata.isObject()) {
            waitMs = metadata.path("queue_wait_ms").asDouble(Double.NaN);
            cost = metadata.path("cost_usd").asDouble(Double.NaN);
        }
    }

    private void said(String more) {
        if (!more.isEmpty()) {
            first = first == 0 ? elapsed() : first;
            text.append(more);
        }
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    Reply end() {
        if (failed) {
            return end(announced() ? Ending.REFUSED : Ending.FAILED);
        }
        if (status != 200) {
            return end(Ending.FAILED);
        }
        return end(done && finished && Answer.isWhole(text.toString(), prompt) ? Ending.ANSWERED : Ending.CUT_OFF);
    }

    private boolean announced() {
        if (status != 429 && status != 503) {
            return false;
        }
        return code.equals(NO_BUDGET) || (retryAfter >= 0 && (code.equals(LIMITED) || OF_THE_QUEUE.contains(code)));
    }

    Reply end(Ending ending) {
        long whole = elapsed();
        return new Reply(
                ending, status, code, retryAfter, numbers, first == 0 ? whole : first, whole, waitMs, cost, limit);
    }
}
