package io.perpetua.adapters.documents.ocr;

import io.perpetua.adapters.documents.layout.Rect;

/**
 * A word as Tesseract found it.
 *
 * @param line tells lines apart: words of one line share it
 * @param bounds in pixels of the picture that was read
 * @param confidence 0 to 1
 */
record Word(String line, Rect bounds, double confidence, String text) {}
