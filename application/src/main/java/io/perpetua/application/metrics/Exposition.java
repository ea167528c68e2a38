package io.perpetua.application.metrics;

/** All figures as one text. Driven port; safe for concurrent use; asks nobody. */
public interface Exposition {

    /** How the text is written. */
    enum Format {
        /** As Prometheus has always read it. */
        PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
        /** OpenMetrics, which has a place for the traces that some of the figures are from. */
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        /** The text's media type, with its version. */
        public String contentType() {
            return contentType;
        }
    }

    /** The figures as they are now. */
    String text(Format format);
}
