package io.perpetua.application.routing;

import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.IntentClassifier.Judgement;
import org.jspecify.annotations.Nullable;

/** Use case: what kind of help a message asks for. Safe for concurrent use. */
public final class JudgeIntent {

    private final IntentClassifier classifier;
    private final @Nullable QuestionVectors questions;

    /**
     * Judges by {@code classifier}.
     *
     * @param questions says what a message means, null to go by its words alone
     */
    public JudgeIntent(IntentClassifier classifier, @Nullable QuestionVectors questions) {
        this.classifier = classifier;
        this.questions = questions;
    }

    /**
     * Judges a message by its words and, where an embedder is there and answers in time, by its meaning.
     *
     * @param previous the user's message before it, null for the first
     */
    Judgement judge(String message, @Nullable String previous) {
        return classifier.judge(message, vector(message), before(previous));
    }

    /** Judges a message by its words alone, where nothing but the account depends on it. */
    Judgement judgeByWords(String message, @Nullable String previous) {
        return classifier.judge(message, null, before(previous));
    }

    private @Nullable Intent before(@Nullable String previous) {
        return previous == null ? null : classifier.judge(previous, null, null).intent();
    }

    private float @Nullable [] vector(String message) {
        if (questions == null) {
            return null;
        }
        try {
            return questions.of(message);
        } catch (EmbedderUnavailable e) {
            return null; // words are nearly as good
        }
    }
}
