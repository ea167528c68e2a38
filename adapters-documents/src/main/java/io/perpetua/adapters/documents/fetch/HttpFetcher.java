package io.perpetua.adapters.documents.fetch;

import io.perpetua.adapters.documents.Failures;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches over HTTP/1.1 from addresses that may be asked. Safe for concurrent use. */
public final class HttpFetcher implements DocumentFetcher {

    /* A name is resolved once for each request; all of its addresses must be allowed, and the connection is made to one of
     * just these, so that a name that means something else a moment later gains nothing. A redirect is a new request, with
     * everything looked at again. Nothing that says who asks is sent along. A name that leads inside is answered as one that
     * leads nowhere, and is tried again as that is: who gives addresses is not to find out which names there are inside. */

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ADDRESS = 4_096;

    /** Addresses of four numbers or fewer, and the names that mean this machine everywhere (RFC 6761). */
    private static final Pattern WRITTEN_OUT =
            Pattern.compile("[0-9.]+|(.*\\.)?localhost\\.?", Pattern.CASE_INSENSITIVE);

    /** Who knows which addresses a name has. */
    interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    private final FetchSettings settings;
    private final Predicate<InetAddress> allowed;
    private final Names names;

    public HttpFetcher(FetchSettings settings) {
        this(settings, settings.allowPrivate() ? _ -> true : new PublicAddresses());
    }

    /** @param allowed which addresses may be asked */
    HttpFetcher(FetchSettings settings, Predicate<InetAddress> allowed) {
        this(settings, allowed, host -> List.of(InetAddress.getAllByName(host)));
    }

    HttpFetcher(FetchSettings settings, Predicate<InetAddress> allowed, Names names) {
        this.settings = settings;
        this.allowed = allowed;
        this.names = names;
    }

    @Override
    public String fetch(URI address, Path file) {
        long deadline = System.nanoTime() + settings.total().toNanos();
        var target = checked(address);
        for (int redirects = 0; ; redirects++) {
            var answer = once(target, file, deadline);
            if (answer.location().isEmpty()) {
                return answer.mediaType();
            }
            if (redirects >= MOST_REDIRECTS) {
                throw Failures.fetchRefused("the address leads on more than " + MOST_REDIRECTS + " times");
            }
            target = next(target, answer.location());
        }
    }

    /** How a request ended: at a document, or at a place to look for it. */
    private record Answer(String mediaType, String location) {}

    private static URI checked(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http") || scheme.equals("https");
        if (!http || address.getHost() == null || address.toString().length() > MOST_ADDRESS) {
            throw Failures.fetchRefused("expected an address that starts with http:// or https:// and names a host");
        }
        if (address.getRawUserInfo() != null) {
            throw Failures.fetchRefused("expected an address without a user or a password");
        }
        return address;
    }

    private static URI next(URI from, String location) {
        try {
            var next = checked(from.resolve(new URI(location.strip().replace(" ", "%20"))));
            if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
                throw Failures.fetchRefused("the address leads from https on to http");
            }
            return next;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw Failures.fetchRefused("the address leads on to something that is no address");
        }
    }

    private Answer once(URI target, Path file, long deadline) {
        var addresses = resolve(host(target), deadline);
        try (var exchange = connect(target, addresses, deadline)) {
            var head = exchange.ask();
            if (head.isRedirect()) {
                return new Answer("", head.location());
            }
            if (!head.isOk()) {
                throw failed(head.status());
            }
            if (head.length() > settings.bytes()) {
                throw tooLarge();
            }
            if (!head.isPlain()) {
                throw Failures.fetchRefused("the answer is compressed, which was not asked for");
            }
            try (var body = exchange.body(head);
                    var out = Files.newOutputStream(file)) {
                copy(body, out);
            }
            return new Answer(head.mediaType(), "");
        } catch (IOException e) {
            throw Failures.fetchFailed("nothing came from " + host(target) + ", or not all of it", e);
        }
    }

    private void copy(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[16_384];
        long copied = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            copied += read;
            if (copied > settings.bytes()) {
                throw tooLarge();
            }
            out.write(buffer, 0, read);
        }
    }

    private DocumentFailure tooLarge() {
        return Failures.tooLarge(
                "there are more bytes at the address than the " + settings.bytes() + " that are allowed");
    }

    private static DocumentFailure failed(int status) {
        boolean later = status >= 500 || status == 408 || status == 429;
        String what = "the address answers with status " + status;
        return later ? Failures.fetchFailed(what, null) : Failures.fetchRefused(what);
    }

    private static String host(URI target) {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private List<InetAddress> resolve(String host, long deadline) {
        var resolving = new CompletableFuture<List<InetAddress>>();
        Thread.ofVirtual().start(() -> {
            try {
                resolving.complete(names.of(host));
            } catch (UnknownHostException | RuntimeException e) {
                resolving.completeExceptionally(e);
            }
        });
        try {
            var addresses =
                    resolving.get(Exchange.left(deadline, settings.connect()).toNanos(), TimeUnit.NANOSECONDS);
            if (!addresses.isEmpty() && addresses.stream().allMatch(allowed)) {
                return addresses;
            }
            throw saysWhereItLeads(host)
                    ? Failures.fetchRefused("the address is not one of the public Internet")
                    : nowhere(host, null);
        } catch (ExecutionException e) {
            throw nowhere(host, e.getCause());
        } catch (TimeoutException | IOException e) {
            throw nowhere(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    private static DocumentFailure nowhere(String host, @Nullable Throwable cause) {
        return Failures.fetchFailed("nobody says where " + host + " is on the public Internet", cause);
    }

    /** Whether nobody needs to be asked what {@code host} means. */
    private static boolean saysWhereItLeads(String host) {
        return host.contains(":") || WRITTEN_OUT.matcher(host).matches();
    }

    private Exchange connect(URI target, List<InetAddress> addresses, long deadline) throws IOException {
        var failure = new IOException("no address to connect to");
        long before = System.nanoTime() + settings.connect().toNanos();
        for (InetAddress each : addresses) {
            try {
                return Exchange.open(target, each, left(before), deadline);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private static Duration left(long before) throws IOException {
        return Exchange.left(before, Duration.ofDays(1));
    }
}
