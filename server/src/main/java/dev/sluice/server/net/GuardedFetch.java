package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks addresses that users give, where the guard lets it, and takes no more than fits. Each redirect is looked at by itself. */
public final class GuardedFetch {
    private static final int MOST_REDIRECTS = 5;

    private final EgressGuard guard;
    private final Duration patience;

    /**
     * One behind a guard.
     *
     * @param patience how long it waits for an answer
     */
    public GuardedFetch(EgressGuard guard, Duration patience) {
        this.guard = guard;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param status its number
     * @param text its content
     */
    public record Fetched(int status, String text) {
        /** Without the content, which may hold secrets. */
        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /**
     * What lies at an address.
     *
     * @param most how many bytes it may have
     * @throws ProblemException code {@code E_URL} if it may not go there, {@code E_FETCH} if there is no answer
     */
    public Fetched get(URI uri, int most) {
        URI next = uri;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            guard.check(next);
            Answered answered =
                    ask(HttpRequest.newBuilder(next).timeout(patience).build(), most);
            if (answered.location() == null) {
                return answered.fetched();
            }
            try {
                next = EgressGuard.parse(next.resolve(answered.location()).toString());
            } catch (IllegalArgumentException malformed) {
                throw failed(next, "it leads to what is no address", malformed);
            }
        }
        throw failed(next, "it leads from one address to the next", null);
    }

    /**
     * Sends a content and follows nothing.
     *
     * @param headers what else is said
     * @param most how many bytes the answer may have
     * @throws ProblemException code {@code E_URL} if it may not go there, {@code E_FETCH} if there is no answer
     */
    public Fetched post(URI uri, String content, Map<String, String> headers, int most) {
        guard.check(uri);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(patience).POST(HttpRequest.BodyPublishers.ofString(content));
        headers.forEach(request::header);
        return ask(request.build(), most).fetched();
    }

    private record Answered(Fetched fetched, @Nullable String location) {}

    /** A client for each, as there are few of them and the guard of the process may begin later than this is made. */
    private Answered ask(HttpRequest request, int most) {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw failed(request.uri(), "it has more than " + most + " bytes", null);
                }
                boolean leads = response.statusCode() >= 300 && response.statusCode() < 400;
                return new Answered(
                        new Fetched(response.statusCode(), new String(bytes, StandardCharsets.UTF_8)),
                        leads ? response.headers().firstValue("location").orElse(null) : null);
            } finally {
                client.shutdownNow();
            }
        } catch (IOException failure) {
            throw failed(request.uri(), String.valueOf(failure.getMessage()), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw failed(request.uri(), "it was interrupted", stop);
        }
    }

    /** The path of an address may be a secret, so only its host is told. */
    private static ProblemException failed(URI uri, String why, @Nullable Throwable cause) {
        return Problem.of("E_FETCH", ProblemKind.UNREACHABLE, "there is no answer from the address")
                .at(uri.getHost())
                .because(why)
                .fix("look whether the address is right and its server is there")
                .exception(cause);
    }
}
