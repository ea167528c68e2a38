package io.perpetua.application.metrics;

/** All figures as one text. Driven port; safe for concurrent use; asks nobody. */
public interface Exposition {

    /** The text's media type, with its version. */
    String contentType();

    /** The figures as they are now. */
    String text();
}
