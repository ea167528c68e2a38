package io.perpetua.domain.routing;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of help a message asks for: by the words it holds, by what went before it, and by what it means where
 * there is an embedder. What these say together is learnt from examples. Immutable; safe for concurrent use; well under
 * a millisecond a message.
 */
public final class IntentClassifier {

    /** Where no intent is likelier than this, there is too little to tell. */
    private static final double UNLIKELY = 0.35;

    private static final int MOST_QUOTES = 2;
    private static final int LONGEST_QUOTE = 40;

    private final IntentModel byWords;
    private final IntentModel byMeaning;

    /**
     * A message whose intent is known.
     *
     * @param previous what the message before it was, null for the first
     */
    public record Example(Intent intent, @Nullable Intent previous, String text) {}

    /**
     * What a message was taken for.
     *
     * @param confidence how likely that is, in [0, 1]
     * @param reason what spoke for it, for people; nothing of the message is in it
     * @param words what of the message spoke for it: at most two pieces of it
     */
    public record Judgement(Intent intent, double confidence, String reason, List<String> words) {

        public Judgement {
            words = List.copyOf(words);
        }
    }

    private IntentClassifier(IntentModel byWords, IntentModel byMeaning) {
        this.byWords = byWords;
        this.byMeaning = byMeaning;
    }

    /**
     * A classifier fitted to {@code examples}; takes seconds.
     *
     * @param vectors the examples' unit vectors, of one length, in the same order
     */
    public static IntentClassifier fit(List<Example> examples, List<float[]> vectors) {
        if (examples.isEmpty() || vectors.size() != examples.size()) {
            throw new IllegalArgumentException(examples.size() + " examples, " + vectors.size() + " vectors");
        }
        var words = new ArrayList<IntentModel.Sample>();
        var meanings = new ArrayList<IntentModel.Sample>();
        for (int i = 0; i < examples.size(); i++) {
            var example = examples.get(i);
            var features = IntentFeatures.of(example.text(), example.previous());
            words.add(new IntentModel.Sample(features, null, example.intent()));
            meanings.add(new IntentModel.Sample(features, vectors.get(i), example.intent()));
        }
        return new IntentClassifier(IntentModel.fit(words, 0), IntentModel.fit(meanings, vectors.getFirst().length));
    }

    /** The classifier that comes with the program. */
    public static IntentClassifier shipped() {
        try (var in = IntentClassifier.class.getResourceAsStream("intents.bin")) {
            if (in == null) {
                throw new IllegalStateException("intents.bin is missing");
            }
            return read(new DataInputStream(new BufferedInputStream(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("intents.bin cannot be read", e);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static IntentClassifier read(DataInput in) throws IOException {
        return new IntentClassifier(IntentModel.read(in), IntentModel.read(in));
    }

    public void write(DataOutput out) throws IOException {
        byWords.write(out);
        byMeaning.write(out);
    }

    /**
     * Judges one message.
     *
     * @param vector its unit vector, null to judge by words alone
     * @param previous what the user's message before it was taken for, null for the first
     */
    public Judgement judge(String message, float @Nullable [] vector, @Nullable Intent previous) {
        var features = IntentFeatures.of(message, previous);
        double[] likely = vector == null ? byWords.judge(features, null) : byMeaning.judge(features, vector);
        int best = 0;
        for (int k = 1; k < likely.length; k++) {
            best = likely[k] > likely[best] ? k : best;
        }
        var intent = likely[best] < UNLIKELY ? Intent.AMBIGUOUS_OR_OTHER : IntentModel.INTENTS.get(best);
        double confidence = likely[IntentModel.INTENTS.indexOf(intent)];
        var words = words(features, intent);
        return new Judgement(intent, confidence, reason(intent, confidence, words, vector != null, previous), words);
    }

    private static List<String> words(IntentFeatures features, Intent intent) {
        var words = new ArrayList<String>();
        for (int cue : features.cues()) {
            var rule = IntentCue.ALL.get(cue);
            var found = rule.pattern().matcher(features.text());
            if (rule.intent() == intent && words.size() < MOST_QUOTES && found.find()) {
                String piece = found.group().strip();
                words.add(piece.substring(0, Math.min(piece.length(), LONGEST_QUOTE)));
            }
        }
        return words;
    }

    private static String reason(
            Intent intent, double confidence, List<String> words, boolean meant, @Nullable Intent previous) {
        String by = words.isEmpty() ? meant ? "" : " by its wording" : " by its words";
        return String.format(Locale.ROOT, "%s (%.2f)", intent.wire(), confidence)
                + by
                + (!meant ? "" : words.isEmpty() ? " by its meaning" : " and its meaning")
                + (previous == null ? "" : " after " + previous.wire());
    }
}
