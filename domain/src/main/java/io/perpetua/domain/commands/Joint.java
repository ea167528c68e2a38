package io.perpetua.domain.commands;

/** What becomes of a pipeline by how the one before it ended. */
public enum Joint {
    /** It is run in any case. */
    THEN,
    /** It is run where the one before succeeded. */
    AND,
    /** It is run where the one before failed. */
    OR
}
