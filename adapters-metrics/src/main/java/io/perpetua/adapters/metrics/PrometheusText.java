package io.perpetua.adapters.metrics;

import io.perpetua.application.metrics.Exposition;
import jakarta.inject.Singleton;
import java.util.List;

/** All figures as Prometheus reads them. Safe for concurrent use. */
@Singleton
final class PrometheusText implements Exposition {

    private final Meters meters;
    private final List<Scraped> scraped;

    PrometheusText(Meters meters, List<Scraped> scraped) {
        this.meters = meters;
        this.scraped = List.copyOf(scraped);
    }

    @Override
    public String text(Format format) {
        scraped.forEach(Scraped::refresh);
        return meters.text(format.contentType());
    }

    String text() {
        return text(Format.PROMETHEUS);
    }
}
