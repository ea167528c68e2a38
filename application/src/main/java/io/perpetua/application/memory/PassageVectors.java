package io.perpetua.application.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * An embedder that fails may be away, or be unable to take just this text. A few plain words tell which: where those
 * are embedded and the text fails a second time, it is the text, and waiting will not help.
 */
/** Makes vectors of texts, whatever they are. Safe for concurrent use. */
public final class PassageVectors {

    private static final String PLAIN_WORDS = "Is anybody there?";

    private final Embedder embedder;

    public PassageVectors(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * A text's vectors; null if the embedder refuses it.
     *
     * @throws EmbedderUnavailable if the embedder does not answer at all
     */
    @SuppressWarnings("IllegalCatch") // whatever a text makes the embedder throw, the next text is to have its turn
    public @Nullable List<float[]> of(String text) {
        try {
            return finite(embedder.embedPassage(text));
        } catch (RuntimeException e) {
            requireAvailable();
        }
        try {
            return finite(embedder.embedPassage(text));
        } catch (RuntimeException e) {
            requireAvailable();
            return null;
        }
    }

    @SuppressWarnings("IllegalCatch") // if it fails at plain words, it is not there, whatever it throws
    private void requireAvailable() {
        try {
            embedder.embedPassage(PLAIN_WORDS);
        } catch (EmbedderUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EmbedderUnavailable("the embedder does not work", e);
        }
    }

    private static List<float[]> finite(List<float[]> vectors) {
        for (float[] vector : vectors) {
            for (float x : vector) {
                if (!Float.isFinite(x)) {
                    throw new ArithmeticException("a vector with a component of " + x);
                }
            }
        }
        return vectors;
    }
}
