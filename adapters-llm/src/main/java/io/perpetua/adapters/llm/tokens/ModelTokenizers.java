package io.perpetua.adapters.llm.tokens;

import io.perpetua.application.tokens.Tokenizer;
import io.perpetua.application.tokens.Tokenizers;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.tokens.WordEstimate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokenizers by the table in {@code models.txt}. A vocabulary is loaded when a model first asks for it, once, and others
 * who ask meanwhile wait; if it cannot be loaded, its models count by words from then on.
 */
@Singleton
final class ModelTokenizers implements Tokenizers {

    private static final Logger LOG = LoggerFactory.getLogger(ModelTokenizers.class);
    private static final Tokenizer WORDS = new Tokenizer("words", WordEstimate.INSTANCE, 1);

    private final ModelTable models = ModelTable.load();
    private final Map<BpeEncoding, Lazy> counters = new EnumMap<>(BpeEncoding.class);

    @Inject
    ModelTokenizers() {
        this(BpeEncoding::load);
    }

    ModelTokenizers(Loader loader) {
        for (BpeEncoding encoding : BpeEncoding.values()) {
            counters.put(encoding, new Lazy(encoding, loader));
        }
    }

    @Override
    public Tokenizer forModel(String model) {
        ModelTable.Row row = models.find(model);
        TokenCounter counter =
                Objects.requireNonNull(counters.get(row.encoding())).get();
        return counter == null ? WORDS : new Tokenizer(row.tokenizerName(), counter, row.factor());
    }

    /** Makes the counter of an encoding. */
    @FunctionalInterface
    interface Loader {
        TokenCounter load(BpeEncoding encoding) throws IOException;
    }

    /** An encoding's counter, loaded at the first call. */
    private static final class Lazy {

        private final BpeEncoding encoding;
        private final Loader loader;
        private volatile boolean loaded;
        private @Nullable TokenCounter counter; // written before loaded, read after it

        Lazy(BpeEncoding encoding, Loader loader) {
            this.encoding = encoding;
            this.loader = loader;
        }

        /** The counter, or null if it cannot be loaded. */
        @Nullable
        TokenCounter get() {
            if (!loaded) {
                load();
            }
            return counter;
        }

        private synchronized void load() {
            if (loaded) {
                return;
            }
            try {
                counter = loader.load(encoding);
            } catch (IOException e) {
                LOG.warn(
                        "No vocabulary {}, its models' tokens are estimated by words: {}",
                        encoding.label,
                        e.toString());
            }
            loaded = true;
        }
    }
}
