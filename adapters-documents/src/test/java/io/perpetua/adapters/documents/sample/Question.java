package io.perpetua.adapters.documents.sample;

/** A question, and the region that answers it. */
public record Question(String text, Known answer) {}
