package io.perpetua.bootstrap;

import io.perpetua.bootstrap.ApiDescription.Operation;
import io.perpetua.bootstrap.ApiDescription.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * A request that is valid but for some damage.
 *
 * @param bytes as they are sent
 * @param complete whether it is a whole request of HTTP, so that there has to be an answer
 * @param head whether the answer has no body
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
record FuzzedRequest(byte[] bytes, boolean complete, boolean head) {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get");

    private static final List<String> PATHS = List.of(
            "/",
            "//",
            "/v1",
            "/v1/",
            "/../../etc/passwd",
            "/v1/conversations/%00",
            "/v1/conversations/%ff",
            "/v1/conversations/%",
            "/v1/conversations/%zz/turns",
            "/v1/conversations/a%2Fb",
            "/v1/conversations/..",
            "/v1/conversations/%20/export",
            "/v1/models;x=1",
            "/v1/models/",
            "/V1/MODELS",
            "/v1//models",
            "*",
            "http://other.example/v1/models",
            "/v1/conversations/" + "x".repeat(300),
            "/" + "a/".repeat(1_000),
            "/v1/conversations/\u00e9\u4e2d",
            "/v1/conversations/x/anchors/%E2%82",
            "/favicon.ico",
            "/metrics",
            "/v1/models#fragment",
            "/v1/models?",
            "/v1/models??&&==",
            "/v1/conversations?limit=1&limit=x",
            "/v1/conversations?%=%&a=%zz",
            "/v1/conversations?limit=" + "9".repeat(50),
            "/v1/conversations?cursor=%00",
            "/v1/conversations?cursor=" + "A".repeat(2_000),
            "/v1/conversations?namespace=%ED%A0%80",
            "/v1/conversations/fuzz-1/turns?after=-1",
            "/v1/conversations/fuzz-1/turns?after=2147483647&limit=1000",
            "/v1/conversations?" + "a=b&".repeat(900));

    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: ;;;",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/json\r\nContent-Type: text/html",
            "Content-Encoding: gzip",
            "Content-Encoding: identity",
            "Accept: text/event-stream",
            "Accept: image/png;q=x",
            "Accept: ",
            "Accept-Encoding: gzip, br, zstd",
            "Accept-Charset: utf-7",
            "Authorization: Bearer x",
            "Authorization: Basic !!!",
            "Cookie: a=b; c",
            "X-Mode: nonsense",
            "X-Mode: SAFE",
            "X-Memory: off",
            "X-Memory: perhaps",
            "X-Priority: urgent",
            "X-Priority: \t",
            "X-Conversation-Id: fuzz-2",
            "X-Conversation-Id: " + "x".repeat(300),
            "X-Conversation-Id: \u00ff\u00fe",
            "Cache-Control: no-store",
            "Cache-Control: max-age=99999999999999999999",
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: ::::",
            "Host: ",
            "Host: a b",
            "Host: [::1",
            "Expect: 100-continue",
            "Expect: miracles",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
            "Connection: close",
            "Connection: keep-alive, x",
            "Range: bytes=0-1",
            "If-None-Match: *",
            "X-Forwarded-For: 1.2.3.4",
            "X-Forwarded-Host: \"",
            "Forwarded: for=\"",
            "X-HTTP-Method-Override: DELETE",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, chunked",
            "Content-Length: 5",
            "Bad Name: x",
            "No colon",
            ": empty",
            "X-Long: " + "x".repeat(9_000),
            "X-Nul: a\0b",
            "Access-Control-Request-Method: POST");

    private static final int BYTES_SHOWN = 2_000;

    /** The request number {@code number} of the run with {@code seed}. */
    static FuzzedRequest of(ApiDescription api, List<Operation> operations, long seed, int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        return new Builder(api, operations.get(random.nextInt(operations.size())), random).build();
    }

    @Override
    public String toString() {
        String text = new String(bytes, 0, Math.min(bytes.length, BYTES_SHOWN), StandardCharsets.ISO_8859_1);
        return text.replace("\r", "\\r").replace("\0", "\\0") + (bytes.length > BYTES_SHOWN ? "…" : "") + " ("
                + bytes.length + " bytes)";
    }

    /** Makes one request. */
    private static final class Builder {

        private final Operation operation;
        private final SplittableRandom random;
        private final SchemaValues values;
        private final Damage damage;
        private final List<String> headers = new ArrayList<>(List.of("Host: 127.0.0.1"));
        private String method;
        private boolean complete = true;

        Builder(ApiDescription api, Operation operation, SplittableRandom random) {
            this.operation = operation;
            this.random = random;
            values = new SchemaValues(api, random);
            damage = new Damage(random);
            method = operation.method();
        }

        FuzzedRequest build() {
            String target = target();
            byte[] body = body();
            if (chance(12)) {
                method = METHODS.get(random.nextInt(METHODS.size()));
            }
            if (chance(10)) {
                target = PATHS.get(random.nextInt(PATHS.size()));
            }
            headers();
            byte[] bytes = frame(target, body);
            if (chance(25)) {
                complete = false;
                bytes = garble(bytes);
            }
            return new FuzzedRequest(bytes, complete, method.equals("HEAD"));
        }

        private boolean chance(int oneIn) {
            return random.nextInt(oneIn) == 0;
        }

        private String target() {
            String path = operation.path();
            var query = new ArrayList<String>();
            for (Parameter parameter : operation.parameters()) {
                String value = String.valueOf(values.value(parameter.schema(), parameter.name()));
                String encoded =
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
                switch (parameter.in()) {
                    case "path" -> path = path.replace("{" + parameter.name() + "}", encoded);
                    case "query" -> {
                        if (random.nextBoolean()) {
                            query.add(parameter.name() + "=" + (chance(4) ? "%00" + encoded : encoded));
                        }
                    }
                    default -> {
                        if (chance(3)) {
                            headers.add(parameter.name() + ": " + value);
                        }
                    }
                }
            }
            return query.isEmpty() ? path : path + "?" + String.join("&", query);
        }

        private byte[] body() {
            if (operation.body() == null) {
                return chance(10) ? "{\"unexpected\":1}".getBytes(StandardCharsets.UTF_8) : new byte[0];
            }
            Object value = values.value(operation.body(), "");
            for (int i = random.nextInt(4); i > 0; i--) {
                value = damage.in(value);
            }
            headers.add("Content-Type: application/json");
            return encode(LooseJson.write(value));
        }

        private byte[] encode(String text) {
            return switch (random.nextInt(24)) {
                case 0 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
                case 1 -> text.getBytes(StandardCharsets.UTF_16);
                case 2 -> zipped(text.getBytes(StandardCharsets.UTF_8));
                case 3 -> garble(text.getBytes(StandardCharsets.UTF_8));
                case 4 -> text.substring(0, random.nextInt(text.length())).getBytes(StandardCharsets.UTF_8);
                case 5 -> (text + text).getBytes(StandardCharsets.UTF_8);
                case 6 -> new byte[0];
                case 7 -> (" \r\n\t" + text + "\0").getBytes(StandardCharsets.UTF_8);
                default -> text.getBytes(StandardCharsets.UTF_8);
            };
        }

        private byte[] zipped(byte[] body) {
            if (random.nextBoolean()) {
                headers.add("Content-Encoding: gzip");
            }
            var zipped = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(zipped)) {
                out.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return zipped.toByteArray();
        }

        private byte[] garble(byte[] bytes) {
            byte[] garbled = bytes.clone();
            for (int i = 1 + random.nextInt(4); i > 0 && garbled.length > 0; i--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
            }
            return chance(2) ? garbled : Arrays.copyOf(garbled, random.nextInt(garbled.length + 1));
        }

        private void headers() {
            for (int i = chance(3) ? 1 + random.nextInt(3) : 0; i > 0; i--) {
                String header = HEADERS.get(random.nextInt(HEADERS.size()));
                // These change where the request ends, and whether the answer comes in one piece.
                complete &= !header.startsWith("Transfer-Encoding")
                        && !header.startsWith("Content-Length")
                        && !header.startsWith("Expect")
                        && !header.startsWith("Upgrade");
                headers.add(header);
            }
            if (chance(60)) {
                headers.addAll(Collections.nCopies(500, "X-Many: " + "y".repeat(30)));
            }
        }

        private byte[] frame(String target, byte[] body) {
            return switch (random.nextInt(20)) {
                case 0 -> chunked(target, body);
                case 1 -> {
                    complete = false;
                    yield plain(target, body, body.length + 1 + random.nextInt(1_000));
                }
                case 2 -> {
                    complete = false;
                    yield plain(target, body, random.nextInt(body.length + 1));
                }
                case 3 -> {
                    complete = false;
                    yield plain(target, body, -1);
                }
                case 4 -> {
                    complete = false;
                    headers.add("Transfer-Encoding: chunked");
                    yield plain(target, body, body.length);
                }
                default -> plain(target, body, body.length);
            };
        }

        private byte[] plain(String target, byte[] body, int length) {
            if (length > 0 || (length == 0 && operation.body() != null)) {
                headers.add("Content-Length: " + length);
            }
            return join(head(target), body);
        }

        private byte[] chunked(String target, byte[] body) {
            headers.add("Transfer-Encoding: chunked");
            int half = body.length / 2;
            byte[] bytes = head(target);
            for (byte[] part : List.of(Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length))) {
                if (part.length > 0) {
                    bytes = join(
                            join(bytes, ascii(Integer.toHexString(part.length) + "\r\n")), join(part, ascii("\r\n")));
                }
            }
            return join(bytes, ascii("0\r\n\r\n"));
        }

        private byte[] head(String target) {
            return (method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private static byte[] join(byte[] a, byte[] b) {
            byte[] joined = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, joined, a.length, b.length);
            return joined;
        }
    }
}
