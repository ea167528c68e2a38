package io.perpetua.adapters.documents;

import io.perpetua.application.vision.DocumentFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a document is, told by what it begins with. */
enum Format {
    PDF,
    PICTURE,
    HTML,
    MARKDOWN;

    private static final int LOOKED_AT = 4_096;
    private static final int PDF_WITHIN = 1_024;
    private static final double MOST_CONTROLS = 0.02;

    private static final List<String> PICTURES =
            List.of("\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "GIF87a", "GIF89a", "II*\0", "MM\0*");

    private static final List<String> HTMLS = List.of(
            "<!doctype html", "<html", "<head", "<body", "<!--", "<title", "<div", "<p>", "<table", "<h1", "<article");

    /**
     * Looks at {@code document}; what it is said to be decides only between kinds of text.
     *
     * @throws DocumentFailure where it is none of these
     */
    static Format of(Path document, MediaType said) {
        String mediaType = said.type();
        byte[] bytes;
        try (var in = Files.newInputStream(document)) {
            bytes = in.readNBytes(LOOKED_AT);
        } catch (IOException e) {
            throw Failures.damaged("cannot be read", e);
        }
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        if (head.substring(0, Math.min(head.length(), PDF_WITHIN)).contains("%PDF-")) {
            return PDF;
        }
        if (PICTURES.stream().anyMatch(head::startsWith) || isBitmap(head)) {
            return PICTURE;
        }
        var charset = Objects.requireNonNullElse(said.charset(bytes), StandardCharsets.ISO_8859_1);
        String text = new String(bytes, charset);
        String start = text.replaceFirst("^\ufeff", "").stripLeading().toLowerCase(Locale.ROOT);
        if (start.isEmpty() || isBinary(text) || isDrawing(start, mediaType)) {
            throw Failures.unsupported("the document is no PDF, picture of pixels, HTML or Markdown");
        }
        if (mediaType.equals("application/pdf") || mediaType.startsWith("image/")) {
            throw Failures.damaged("is said to be " + mediaType + " and does not begin like that", null);
        }
        return isHtml(start, mediaType) ? HTML : MARKDOWN;
    }

    /** Two letters alone could begin a text as well. */
    private static boolean isBitmap(String head) {
        return head.startsWith("BM") && head.startsWith("\0\0\0\0", 6);
    }

    private static boolean isBinary(String head) {
        long controls = head.chars()
                .filter(c -> c == 0x7f || (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f'))
                .count();
        return controls > MOST_CONTROLS * head.length();
    }

    /** Whether it is SVG, whose text says where things are drawn. */
    private static boolean isDrawing(String start, String mediaType) {
        boolean xml = start.startsWith("<?xml") || start.startsWith("<!--");
        return mediaType.equals("image/svg+xml")
                || start.startsWith("<svg")
                || start.startsWith("<!doctype svg")
                || (xml && start.contains("<svg") && !start.contains("<html") && !start.contains("<body"));
    }

    private static boolean isHtml(String start, String mediaType) {
        boolean markdown = mediaType.equals("text/markdown") || mediaType.equals("text/x-markdown");
        boolean said = mediaType.equals("text/html") || mediaType.equals("application/xhtml+xml");
        boolean xml = start.startsWith("<?xml") && start.contains("<html");
        return !markdown && (said || xml || HTMLS.stream().anyMatch(start::startsWith));
    }
}
