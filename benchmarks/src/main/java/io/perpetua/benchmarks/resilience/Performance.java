package io.perpetua.benchmarks.resilience;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How a simulated provider does to one caller what its script says. */
final class Performance {

    private static final Duration DRIP = Duration.ofMillis(20);
    private static final int DRIPS = 8;
    private static final String JSON = "application/json";

    private final Wire wire;
    private final String text;
    private final RandomGenerator random;

    Performance(Wire wire, String text, RandomGenerator random) {
        this.wire = wire;
        this.text = text;
        this.random = random;
    }

    void play(Conduct conduct, boolean stream) throws IOException, InterruptedException {
        switch (conduct) {
            case ERROR_500 -> error("500 Internal Server Error", "server_error");
            case ERROR_503 -> error("503 Service Unavailable", "overloaded");
            case RATE_LIMITED -> error("429 Too Many Requests", "rate_limit_exceeded", "Retry-After: 1");
            case RESET_BEFORE -> wire.reset();
            case STALL_BEFORE -> {} // until the caller has had enough
            case WRONG_CONTENT_TYPE ->
                wire.respond("200 OK", "text/html; charset=utf-8", "<html><body>Sign in to go on</body></html>");
            default -> {
                if (stream) {
                    stream(conduct);
                } else {
                    whole(conduct);
                }
            }
        }
    }

    private void error(String status, String code, String... headers) throws IOException {
        wire.respond(status, JSON, "{\"error\":{\"message\":\"" + status + "\",\"type\":\"" + code + "\"}}", headers);
    }

    private void whole(Conduct conduct) throws IOException, InterruptedException {
        String body = Completion.whole(text);
        int length = Wire.bytes(body).length;
        String part = body.substring(0, random.nextInt(1, body.length()));
        switch (conduct) {
            case OK -> wire.respond("200 OK", JSON, body);
            case SLOW_DRIP -> {
                wire.announce(JSON, length);
                wire.drip(body, length / DRIPS + 1, DRIP);
                wire.end();
            }
            case MISSING_DONE -> {
                wire.announceUntilClosed(JSON);
                wire.write(body);
                wire.close();
            }
            case EMPTY_STREAM -> wire.respond("200 OK", JSON, "");
            case MALFORMED_CHUNK -> wire.respond("200 OK", JSON, part);
            default -> {
                wire.announce(JSON, length);
                wire.write(part);
                breakOff(conduct, false);
            }
        }
    }

    private void stream(Conduct conduct) throws IOException, InterruptedException {
        wire.openStream();
        var events = Completion.saying(text, random);
        if (conduct == Conduct.EMPTY_STREAM) {
            wire.pieces(random.nextBoolean() ? "" : events.getFirst());
            wire.endStream();
            return;
        }
        if (conduct == Conduct.SLOW_DRIP) {
            drip(events);
        } else if (conduct.answers()) {
            wire.pieces(String.join("", events));
        } else {
            // at least one event that says something, and not the last one
            wire.pieces(String.join("", events.subList(0, random.nextInt(2, events.size()))));
            if (conduct != Conduct.MALFORMED_CHUNK) {
                breakOff(conduct, true);
                return;
            }
            wire.pieces(Completion.half());
        }
        wire.pieces(String.join("", Completion.ending()) + (conduct == Conduct.MISSING_DONE ? "" : Completion.DONE));
        wire.endStream();
    }

    private void drip(List<String> events) throws IOException, InterruptedException {
        int size = events.size() / DRIPS + 1;
        for (int from = 0; from < events.size(); from += size) {
            wire.pieces(String.join("", events.subList(from, Math.min(events.size(), from + size))));
            Thread.sleep(DRIP);
        }
    }

    /** Says no more; {@code endable} is a response that could end anywhere as far as HTTP is concerned. */
    private void breakOff(Conduct conduct, boolean endable) throws IOException {
        switch (conduct) {
            case RESET_IN_STREAM -> wire.reset();
            case TRUNCATED -> {
                if (endable && random.nextBoolean()) {
                    wire.endStream();
                } else {
                    wire.close();
                }
            }
            case STALL_IN_STREAM -> {} // until the caller has had enough
            default -> throw new IllegalStateException("how does " + conduct + " break off?");
        }
    }
}
