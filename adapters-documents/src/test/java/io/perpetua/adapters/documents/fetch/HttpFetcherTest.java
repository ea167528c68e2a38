package io.perpetua.adapters.documents.fetch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFetcherTest {

    private static final int MOST = 1_000;
    private static final FetchSettings SETTINGS =
            new FetchSettings(MOST, Duration.ofSeconds(5), Duration.ofSeconds(5), false);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\n";

    @TempDir
    Path folder;

    /** Names lead to this machine, which may be asked here. */
    private final HttpFetcher open = new HttpFetcher(SETTINGS, _ -> true, HttpFetcherTest::here);

    private static List<InetAddress> here(String host) {
        return List.of(InetAddress.getLoopbackAddress());
    }

    private Path file() {
        return folder.resolve("document");
    }

    @Test
    void fetch_writesTheBodyAndTellsItsType() throws IOException {
        try (var server = new CannedServer(OK + "Content-Length: 5\r\n\r\nhello, and more")) {
            Files.writeString(file(), "something longer that was here before");
            assertThat(open.fetch(server.at("/a%20b?q=1#part"), file())).isEqualTo("text/html; charset=utf-8");
            assertThat(file()).hasContent("hello");
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("GET /a%20b?q=1 HTTP/1.1\r\nHost: documents.example:" + server.port() + "\r\n")
                            .contains("Accept-Encoding: identity", "Connection: close")
                            .doesNotContainIgnoringCase("authorization", "cookie", "referer"));
        }
    }

    @Test
    void fetch_chunksAndBodiesToTheEnd_areReadWhole() throws IOException {
        try (var chunked = new CannedServer(
                        OK
                                + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: 1\r\n\r\n");
                var untilClosed = new CannedServer("HTTP/1.0 200 OK\r\n\r\nall of it")) {
            open.fetch(chunked.at("/"), file());
            assertThat(file()).hasContent("hello, world");
            assertThat(open.fetch(untilClosed.at("/"), file())).isEmpty();
            assertThat(file()).hasContent("all of it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd", "ftp://documents.example/a", "gopher://documents.example/", "http:///a",
                "http://user:secret@documents.example/", "jar:http://documents.example/a!/b", "data:text/html,a",
                        "documents.example"
            })
    void fetch_whatIsNoPlainHttpAddress_isRefused(String address) {
        assertThat(failure(open, URI.create(address)).code()).isEqualTo("fetch_refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "http://0.0.0.0/",
                "http://0/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://127.1/",
                "https://192.168.0.1/"
            })
    void fetch_whatIsNotOfThePublicInternet_isRefused(String address) {
        var failure = failure(new HttpFetcher(SETTINGS), URI.create(address));
        assertThat(failure.code()).isIn("fetch_refused", "fetch_failed");
        assertThat(failure.code())
                .as("an address in another spelling is one, or nobody's")
                .isEqualTo(address.matches("http://(0x|2130|127\\.1/|0/).*") ? failure.code() : "fetch_refused");
    }

    @Test
    void fetch_nameWithOneClosedAddressAmongOpenOnes_isRefusedWithoutAConnection() throws IOException {
        try (var server = new CannedServer(OK + "\r\nsecret")) {
            var fetcher = new HttpFetcher(
                    SETTINGS,
                    new PublicAddresses(),
                    _ -> List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.getLoopbackAddress()));
            assertThat(failure(fetcher, server.at("/")).code()).isEqualTo("fetch_failed");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void fetch_nameThatLeadsInside_isAnsweredAsOneThatLeadsNowhere() {
        var fetcher = new HttpFetcher(SETTINGS, new PublicAddresses(), host -> {
            if (host.equals("inside.example")) {
                return List.of(InetAddress.ofLiteral("10.0.0.1"));
            }
            throw new UnknownHostException(host);
        });
        var inside = failure(fetcher, URI.create("http://inside.example/"));
        var nowhere = failure(fetcher, URI.create("http://nowhere.example/"));
        assertThat(inside.code()).isEqualTo(nowhere.code());
        assertThat(inside.kind()).isEqualTo(nowhere.kind());
        assertThat(requireNonNull(inside.getMessage()).replace("inside", "nowhere"))
                .isEqualTo(nowhere.getMessage());
    }

    @Test
    void fetch_nameThatChangesItsMeaning_isConnectedToWhereItWasChecked() throws IOException {
        try (var server = new CannedServer(OK + "\r\npublic")) {
            var asked = new AtomicInteger();
            var checked = new ArrayList<InetAddress>();
            var fetcher = new HttpFetcher(SETTINGS, checked::add, host -> {
                assertThat(asked.incrementAndGet())
                        .as("a name is resolved once")
                        .isEqualTo(1);
                return here(host);
            });
            fetcher.fetch(server.at("/"), file());
            assertThat(checked).containsExactly(InetAddress.getLoopbackAddress());
        }
    }

    @Test
    void fetch_redirects_areFollowedAndLookedAtAgain() throws IOException {
        try (var end = new CannedServer(OK + "\r\nthe end")) {
            var resolved = new ArrayList<String>();
            var fetcher =
                    new HttpFetcher(SETTINGS, address -> !address.equals(InetAddress.ofLiteral("10.0.0.1")), host -> {
                        resolved.add(host);
                        return host.equals("inside.example") ? List.of(InetAddress.ofLiteral("10.0.0.1")) : here(host);
                    });
            try (var start = new CannedServer("HTTP/1.1 302 Found\r\nLocation: http://other.example:" + end.port()
                            + "/x\r\nContent-Length: 0\r\n\r\n");
                    var inside = new CannedServer("HTTP/1.1 307 x\r\nLocation: http://inside.example/\r\n\r\n");
                    var elsewhere = new CannedServer("HTTP/1.1 301 x\r\nLocation: file:///etc/passwd\r\n\r\n")) {
                fetcher.fetch(start.at("/"), file());
                assertThat(file()).hasContent("the end");
                assertThat(resolved).containsExactly("documents.example", "other.example");
                assertThat(failure(fetcher, inside.at("/")).code()).isEqualTo("fetch_failed");
                assertThat(failure(fetcher, elsewhere.at("/")).code()).isEqualTo("fetch_refused");
            }
        }
    }

    @Test
    void fetch_redirects_endAfterFive() throws IOException {
        try (var round = new CannedServer("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")) {
            assertThat(failure(open, round.at("/")).code()).isEqualTo("fetch_refused");
            assertThat(round.requests()).hasSize(6);
        }
    }

    @Test
    void fetch_tooMuch_isRefusedWhetherItIsToldOrNot() throws IOException {
        String large = "x".repeat(MOST + 1);
        try (var told = new CannedServer(OK + "Content-Length: 5000000000\r\n\r\nx");
                var untold = new CannedServer(OK + "\r\n" + large);
                var chunked = new CannedServer(OK + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFF\r\n" + large)) {
            for (CannedServer each : List.of(told, untold, chunked)) {
                assertThat(failure(open, each.at("/")).code()).isEqualTo("document_too_large");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno field\r\n\r\nx",
                "HTTP/1.1 503 Busy\r\n\r\n",
                "HTTP/1.1 429 Slow\r\n\r\n"
            })
    void fetch_answerThatIsNone_failsAndMayBeTriedAgain(String answer) throws IOException {
        try (var server = new CannedServer(answer)) {
            var failure = failure(open, server.at("/"));
            assertThat(failure.code()).isEqualTo("fetch_failed");
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void fetch_headThatDoesNotEnd_fails() throws IOException {
        try (var server = new CannedServer((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] field =
                    "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_000_000; i++) {
                out.write(field);
            }
        })) {
            assertThat(failure(open, server.at("/")).code()).isEqualTo("fetch_failed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 401 No\r\n\r\n",
                "HTTP/1.1 204 No\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx"
            })
    void fetch_noDocument_isRefused(String answer) throws IOException {
        try (var server = new CannedServer(answer)) {
            var failure = failure(open, server.at("/"));
            assertThat(failure.code()).isEqualTo("fetch_refused");
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void fetch_whatNeverComes_failsInTime() throws IOException {
        var over = new CountDownLatch(1);
        var quick = new FetchSettings(MOST, Duration.ofMillis(300), Duration.ofMillis(300), false);
        try (var silent = new CannedServer((_, _) -> over.await());
                var trickling = new CannedServer((_, out) -> {
                    out.write((OK + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                        out.write('x');
                        out.flush();
                    }
                })) {
            var fetcher = new HttpFetcher(quick, _ -> true, HttpFetcherTest::here);
            assertThat(failure(fetcher, silent.at("/")).code()).isEqualTo("fetch_failed");
            assertThat(failure(fetcher, trickling.at("/")).code()).isEqualTo("fetch_failed");
            var slowNames = new HttpFetcher(quick, _ -> true, host -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return here(host);
            });
            assertThat(failure(slowNames, silent.at("/")).code()).isEqualTo("fetch_failed");
        } finally {
            over.countDown();
        }
    }

    @Test
    void fetch_nobodyThere_fails() throws IOException {
        var server = new CannedServer("");
        server.close();
        assertThat(failure(open, server.at("/")).code()).isEqualTo("fetch_failed");
        var unknown = new HttpFetcher(SETTINGS, _ -> true, host -> {
            throw new UnknownHostException(host);
        });
        assertThat(failure(unknown, server.at("/")).code()).isEqualTo("fetch_failed");
    }

    @Test
    void fetch_https_wantsACertificate() throws IOException {
        try (var plain = new CannedServer("no hello of TLS\r\n")) {
            var address = URI.create("https://documents.example:" + plain.port() + "/");
            assertThat(failure(open, address).code()).isEqualTo("fetch_failed");
        }
    }

    private DocumentFailure failure(HttpFetcher fetcher, URI address) {
        DocumentFailure failure = null;
        try {
            fetcher.fetch(address, file());
        } catch (DocumentFailure e) {
            failure = e;
        }
        return requireNonNull(failure, "it was fetched");
    }
}
