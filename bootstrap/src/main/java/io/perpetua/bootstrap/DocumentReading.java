package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalDecoder;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.fetch.FetchSettings;
import io.perpetua.adapters.documents.fetch.HttpFetcher;
import io.perpetua.adapters.documents.ocr.Recognition;
import io.perpetua.adapters.documents.ocr.ServiceSettings;
import io.perpetua.adapters.documents.ocr.TesseractSettings;
import io.perpetua.application.vision.DocumentFetcher;
import io.perpetua.application.vision.DocumentReader;
import io.perpetua.application.vision.RegionDecoder;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;

/** Who fetches documents, reads them, and reads their regions again, as configured. */
@Factory
final class DocumentReading {

    private static final String SERVICE = "service";
    private static final long MEGABYTE = 1L << 20;
    private static final long MEGAPIXEL = 1_000_000;

    @Singleton
    DocumentFetcher documentFetcher(Settings settings) {
        return new HttpFetcher(new FetchSettings(
                settings.get(Keys.VISION_DOCUMENT_MEGABYTES) * MEGABYTE,
                settings.get(Keys.FETCH_CONNECT),
                settings.get(Keys.FETCH_TOTAL),
                settings.get(Keys.FETCH_ALLOW_PRIVATE)));
    }

    @Singleton
    DocumentReader documentReader(Settings settings, Recognition recognition) {
        return new LocalReader(limits(settings), recognition.recogniser());
    }

    @Singleton
    RegionDecoder regionDecoder(Settings settings, Recognition recognition) {
        return new LocalDecoder(limits(settings), recognition.recogniser());
    }

    @Singleton
    @Bean(preDestroy = "close")
    Recognition recognition(Settings settings) {
        return switch (settings.get(Keys.VISION_OCR)) {
            case "off" -> Recognition.none();
            case "tesseract" -> Recognition.tesseract(tesseract(settings));
            case SERVICE -> Recognition.service(service(settings));
            default -> Recognition.tesseractIfThere(tesseract(settings));
        };
    }

    /** What recognition is configured by; nobody is asked whether he is there. */
    static Object check(Settings settings) {
        return settings.get(Keys.VISION_OCR).equals(SERVICE) ? service(settings) : tesseract(settings);
    }

    private static DocumentLimits limits(Settings settings) {
        return new DocumentLimits(
                settings.get(Keys.VISION_DOCUMENT_MEGABYTES) * MEGABYTE,
                settings.get(Keys.VISION_PAGES),
                settings.get(Keys.VISION_MEGAPIXELS) * MEGAPIXEL,
                settings.get(Keys.VISION_PAGE_TIME),
                settings.get(Keys.VISION_UNPACKED_MEGABYTES) * MEGABYTE);
    }

    private static TesseractSettings tesseract(Settings settings) {
        return new TesseractSettings(
                settings.get(Keys.TESSERACT_COMMAND),
                settings.get(Keys.TESSERACT_LANGUAGES),
                settings.get(Keys.TESSERACT_TIME),
                settings.get(Keys.TESSERACT_PROCESSES));
    }

    private static ServiceSettings service(Settings settings) {
        var url = settings.find(Keys.OCR_URL);
        if (url == null) {
            throw new IllegalArgumentException(
                    "text is to be recognised by a service, but nothing says where that is; set " + Keys.OCR_URL.full()
                            + " to a URL such as http://ocr:8080");
        }
        return new ServiceSettings(
                url,
                settings.get(Keys.OCR_TIMEOUT),
                settings.get(Keys.OCR_RETRIES),
                settings.get(Keys.OCR_DELAY),
                settings.get(Keys.OCR_JOB_TIME));
    }
}
