package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.layout.Glyph;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** What has to be known of a page's fonts. Each character is looked up once. */
final class Fonts {

    private static final Pattern MONO = Pattern.compile(
            "(?i)(courier|mono|consol|menlo|typewriter|inconsolata|cmtt|code|fixed|terminal|lettergothic|cousine|fira ?code)");

    private static final int PROBES = 8;

    private final IdentityHashMap<PDFont, Face> faces = new IdentityHashMap<>();

    Face of(PDFont font) {
        return faces.computeIfAbsent(font, each -> new Face(each, faces.size() + 1));
    }

    /** One font. */
    static final class Face {

        private final PDFont font;
        private final int number;
        private final boolean mono;
        private final Map<Integer, String> texts = new HashMap<>();

        private Face(PDFont font, int number) {
            this.font = font;
            this.number = number;
            this.mono = isMono(font);
        }

        Glyph glyph(int code, double x, double width, double baseline, double size) {
            var text = texts.computeIfAbsent(code, this::text);
            return new Glyph(text, x, width, baseline, size, mono, number);
        }

        private String text(int code) {
            String text = font.toUnicode(code);
            return text == null || text.isEmpty() || isControl(text) ? Glyph.UNKNOWN : text;
        }

        private static boolean isControl(String text) {
            return text.chars().allMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        }

        private static boolean isMono(PDFont font) {
            String name = font.getName();
            if (name != null && MONO.matcher(name).find()) {
                return true;
            }
            return hasOneWidth(font);
        }

        /** Fonts are said to be of one width, or not, more often than it is true. */
        private static boolean hasOneWidth(PDFont font) {
            float first = 0;
            int probed = 0;
            for (int code = 'a'; code <= 'z' && probed < PROBES; code++) {
                try {
                    float width = font.getWidth(code);
                    if (width > 0) {
                        if (first > 0 && Math.abs(width - first) > 1) {
                            return false;
                        }
                        first = width;
                        probed++;
                    }
                } catch (IOException | IllegalArgumentException e) {
                    return false;
                }
            }
            return probed == PROBES;
        }
    }
}
