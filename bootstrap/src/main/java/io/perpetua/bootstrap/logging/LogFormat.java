package io.perpetua.bootstrap.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How each line of the log is written. */
public enum LogFormat {
    /** For people: time, level, logger, the trace where there is one, and the message. */
    TEXT {
        @Override
        EncoderBase<ILoggingEvent> encoder() {
            var encoder = new PatternLayoutEncoder();
            encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}"
                    + "%replace( %X{trace_id} %X{span_id}){'^ +$', ''} - %msg%n");
            return encoder;
        }
    },
    /** For programs: one JSON object a line, {@code mdc} with the trace's ids. */
    JSON {
        @Override
        EncoderBase<ILoggingEvent> encoder() {
            var encoder = new JsonEncoder();
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.setWithContext(false);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.setWithFormattedMessage(true);
            return encoder;
        }
    };

    private static final String CONSOLE = "console";

    abstract EncoderBase<ILoggingEvent> encoder();

    /** The one that is configured. */
    public static LogFormat of(Settings settings) {
        return valueOf(settings.get(Keys.LOG_FORMAT).toUpperCase(Locale.ROOT));
    }

    /** Writes like this from now on, also what libraries tell the JDK's own log. */
    public void use() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE)
                        instanceof ConsoleAppender<ILoggingEvent> console) {
            use(context, console);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private void use(LoggerContext context, ConsoleAppender<ILoggingEvent> console) {
        Encoder<ILoggingEvent> made = made(context);
        console.stop();
        console.setEncoder(made);
        console.start();
    }

    private Encoder<ILoggingEvent> made(LoggerContext context) {
        var encoder = encoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
