package io.perpetua.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of traces on this machine, by OTLP over HTTP. Safe for concurrent use. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<Taken> spans = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /**
     * A span that was sent here, with its ids in hexadecimal digits.
     *
     * @param parent empty where there is none
     * @param attributes values as text
     * @param service who sent it
     */
    record Taken(
            String name,
            String trace,
            String id,
            String parent,
            Span.SpanKind kind,
            boolean failed,
            Map<String, String> attributes,
            long begun,
            long ended,
            String service) {

        String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }

        String traceparent() {
            return "00-" + trace + "-" + id;
        }
    }

    /** Its address, without a path. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans so far. */
    List<Taken> spans() {
        return spans;
    }

    /** Those of one trace. */
    List<Taken> trace(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** Those that are directly below another, the first that began first. */
    List<Taken> below(Taken parent) {
        return spans.stream()
                .filter(span -> span.parent().equals(parent.id()))
                .sorted((a, b) -> Long.compare(a.begun(), b.begun()))
                .toList();
    }

    /** All that was sent, as it was. */
    synchronized String bytes() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** The values of the header that is to be sent along. */
    List<String> keys() {
        return keys;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            keys.addAll(exchange.getRequestHeaders().getOrDefault("X-Key", List.of()));
            synchronized (this) {
                bytes.write(body);
            }
            for (ResourceSpans resource :
                    ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                String service =
                        values(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
                resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(taken(span, service))));
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Taken taken(Span span, String service) {
        var hex = HexFormat.of();
        return new Taken(
                span.getName(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getKind(),
                span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
                values(span.getAttributesList()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                service);
    }

    private static Map<String, String> values(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> text(attribute.getValue()), (a, b) -> b, TreeMap::new));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Collector::text)
                        .collect(Collectors.joining(","));
            case KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> throw new AssertionError(value);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
