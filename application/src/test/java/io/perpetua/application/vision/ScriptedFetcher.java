package io.perpetua.application.vision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.application.vision.DocumentFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Fetches what a test has put somewhere. Safe for concurrent use. */
public final class ScriptedFetcher implements DocumentFetcher {

    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile int away;
    private volatile Runnable before = () -> {};

    /** From now on there is {@code content} at {@code address}. */
    public void put(String address, String content) {
        contents.put(address, content);
    }

    /** The next {@code times} nobody answers. */
    public void away(int times) {
        away = times;
    }

    /** From now on {@code event} happens while something is being fetched. */
    public void before(Runnable event) {
        before = event;
    }

    /** How often something was fetched, or tried to be. */
    public int fetched() {
        return fetched.get();
    }

    @Override
    public synchronized String fetch(URI address, Path file) {
        fetched.incrementAndGet();
        before.run();
        if (away > 0) {
            away--;
            throw new DocumentFailure(Kind.UNAVAILABLE, "fetch_timeout", "nobody answered in time", null);
        }
        String content = contents.get(address.toString());
        if (content == null) {
            throw new DocumentFailure(Kind.REFUSED, "fetch_not_found", "there is nothing at the address", null);
        }
        try {
            Files.write(file, content.getBytes(UTF_8));
            return "text/plain";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
