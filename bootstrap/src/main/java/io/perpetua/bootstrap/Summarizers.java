package io.perpetua.bootstrap;

import io.perpetua.application.brief.Summarizer;

/**
 * Who writes briefs.
 *
 * @param preferred the configured model, or the extractive summarizer where none is
 * @param extractive needs nobody, and is never unavailable
 */
record Summarizers(Summarizer preferred, Summarizer extractive) {}
