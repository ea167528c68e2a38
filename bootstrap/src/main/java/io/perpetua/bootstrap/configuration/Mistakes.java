package io.perpetua.bootstrap.configuration;

import io.perpetua.bootstrap.Complaint;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wrong with a configuration, all of it, a sentence each. Not safe for concurrent use. */
public final class Mistakes {

    private final Set<String> sentences = new LinkedHashSet<>();
    private final Set<String> concerned = new HashSet<>();

    /**
     * Tells what is wrong with {@code key}.
     *
     * @param key as the operator wrote it
     * @param sentence what follows on the key and a colon, without its full stop
     */
    public void add(String key, String sentence) {
        told(key, key + ": " + sentence + (sentence.endsWith("?") ? "" : "."));
    }

    /** Tells that {@code key} was expected to be one thing and found to be another. */
    public void unfit(String key, String expected, String found) {
        add(key, "expected " + expected + ", found " + found);
    }

    /** Tells a whole sentence, about {@code key}. */
    public void told(String key, String sentence) {
        concerned.add(Key.plain(key));
        sentences.add(sentence);
    }

    /** Whether anything is wrong with {@code key}, or within the section of that name. */
    public boolean concern(String key) {
        String plain = Key.plain(key);
        return concerned.stream().anyMatch(each -> each.equals(plain) || each.startsWith(plain + "-"));
    }

    /**
     * What {@code reading} makes of the section {@code name}; what it refuses is a mistake there. Nothing is read where one
     * of the section's keys is wrong already, since what came of that would be told for another mistake.
     */
    public <T> @Nullable T in(String name, Supplier<T> reading) {
        if (concern(name)) {
            return null;
        }
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            add(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Every mistake in the order in which they were found. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Throws them all, a line each; does nothing where there are none. */
    public void complain() {
        if (!sentences.isEmpty()) {
            throw new Complaint(String.join(System.lineSeparator(), sentences));
        }
    }
}
