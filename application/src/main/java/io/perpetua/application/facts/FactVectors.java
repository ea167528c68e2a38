package io.perpetua.application.facts;

import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.QuestionVectors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/*
 * Vectors of facts are derived and small, so they are not stored: this instance makes those that it is asked to compare,
 * and keeps the ones used last in eight bits a component. A search may wait for a few of them; whatever else is missing
 * is made afterwards, and the search goes by words there.
 */
/** What facts mean, as far as it is known here. Safe for concurrent use. */
public final class FactVectors {

    /** Vectors that are kept: some 8 MB. */
    private static final int KEPT = 20_000;

    /** Vectors that wait to be made. */
    private static final int WAITING = 10_000;

    /** Characters that a search waits for: some tenths of a second, as what an embedder takes goes by length. */
    private static final int READ_AT_ONCE = Gist.LONGEST;

    private static final int SCALE = 127;

    private final Embedder embedder;
    private final QuestionVectors questions;
    private final Executor lane;
    private final Map<String, byte[]> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > KEPT;
        }
    };
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private boolean working;

    /**
     * Compares by {@code embedder}.
     *
     * @param questions embeds questions, for as long as an answer can wait
     * @param lane makes what is missing, one piece of work at a time, apart from any request; may refuse it
     */
    public FactVectors(Embedder embedder, QuestionVectors questions, Executor lane) {
        this.embedder = embedder;
        this.questions = questions;
        this.lane = lane;
    }

    /**
     * How near facts are to a question.
     *
     * @param cosines of each fact, in [-1, 1]; NaN where it is not known
     * @param pending of how many it will be known later
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one search, and never changed
    record Nearness(double[] cosines, int pending) {

        /** Where there is nothing to compare. */
        static Nearness unknown(int facts) {
            double[] nothing = new double[facts];
            Arrays.fill(nothing, Double.NaN);
            return new Nearness(nothing, 0);
        }
    }

    /**
     * How near each fact's meaning is to the question's.
     *
     * @param atOnce how many missing vectors are made before this returns, of {@value #READ_AT_ONCE} characters together; the
     *     others follow
     * @throws EmbedderUnavailable if the embedder does not answer, or not in time
     */
    Nearness of(List<Gist> facts, String question, int atOnce) {
        float[] asked = questions.of(question);
        if (asked == null) {
            return Nearness.unknown(facts.size());
        }
        double[] cosines = new double[facts.size()];
        int made = 0;
        int room = READ_AT_ONCE;
        int pending = 0;
        for (int i = 0; i < cosines.length; i++) {
            var fact = facts.get(i);
            String key = fact.key();
            byte[] vector = known(key);
            if (vector == null && made < atOnce && fact.text().length() <= room) {
                vector = make(key, fact.text());
                made++;
                room -= fact.text().length();
            }
            if (vector == null) {
                want(key, fact.text());
                pending++;
            }
            cosines[i] = vector == null || vector.length == 0 ? Double.NaN : cosine(asked, vector);
        }
        follow();
        return new Nearness(cosines, pending);
    }

    private byte @Nullable [] known(String key) {
        synchronized (known) {
            return known.get(key);
        }
    }

    /** Makes and keeps a vector; one of no components for a text with nothing to embed. */
    private byte[] make(String key, String text) {
        var vectors = embedder.embedPassage(text);
        byte[] made = vectors.isEmpty() ? new byte[0] : packed(vectors.getFirst());
        synchronized (known) {
            known.put(key, made);
        }
        return made;
    }

    private static byte[] packed(float[] vector) {
        float largest = 0;
        for (float each : vector) {
            largest = Math.max(largest, Math.abs(each));
        }
        byte[] packed = new byte[vector.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (byte) Math.round(largest == 0 ? 0 : vector[i] / largest * SCALE);
        }
        return packed;
    }

    private static double cosine(float[] unit, byte[] packed) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < packed.length; i++) {
            dot += unit[i] * packed[i];
            squares += packed[i] * packed[i];
        }
        return squares == 0 ? 0 : dot / Math.sqrt(squares);
    }

    private synchronized void want(String key, String text) {
        if (waiting.size() < WAITING) {
            waiting.putIfAbsent(key, text);
        }
    }

    private void follow() {
        synchronized (this) {
            if (working || waiting.isEmpty()) {
                return;
            }
            working = true;
        }
        try {
            lane.execute(this::work);
        } catch (RejectedExecutionException e) {
            stopWorking(); // the next search asks again
        }
    }

    private synchronized void stopWorking() {
        working = false;
        waiting.clear();
    }

    private synchronized Map.@Nullable Entry<String, String> next() {
        var first =
                waiting.entrySet().stream().findFirst().map(Map.Entry::copyOf).orElse(null);
        if (first == null) {
            working = false;
        } else {
            waiting.remove(first.getKey());
        }
        return first;
    }

    private void work() {
        boolean done = false;
        try {
            for (var next = next(); next != null; next = next()) {
                make(next.getKey(), next.getValue());
            }
            done = true;
        } catch (EmbedderUnavailable e) {
            // Later searches ask again.
        } finally {
            if (!done) {
                stopWorking(); // whatever a text makes the embedder throw, later searches go by words
            }
        }
    }

    /** How many are known here: all that there are once everything that was wanted is made. */
    int size() {
        synchronized (known) {
            return known.size();
        }
    }
}
