package io.perpetua.adapters.metrics;

import io.perpetua.application.metrics.Exposition;
import jakarta.inject.Singleton;
import java.util.List;

/** All figures as Prometheus reads them. Safe for concurrent use. */
@Singleton
final class PrometheusText implements Exposition {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Meters meters;
    private final List<Scraped> scraped;

    PrometheusText(Meters meters, List<Scraped> scraped) {
        this.meters = meters;
        this.scraped = List.copyOf(scraped);
    }

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public String text() {
        scraped.forEach(Scraped::refresh);
        return meters.text(CONTENT_TYPE);
    }
}
