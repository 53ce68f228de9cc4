package dev.sluice.connector.file.store.gcs;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Asks and asks again. No redirection is followed, and no answer is larger than it may be. */
final class GcsHttp {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final long ANSWER_SECONDS = 120;
    private static final long LARGEST_ANSWER = 64L << 20;
    private static final int ATTEMPTS = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Duration firstPause;

    /** @param firstPause how long to wait before asking again; doubled each time */
    GcsHttp(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /** Makes a request, each time it is tried. */
    interface Request {
        HttpRequest make() throws IOException;
    }

    /** The answer to a request that may be made again; the last one if the server stays busy. */
    HttpResponse<byte[]> ask(Request request) throws IOException {
        IOException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                LockSupport.parkNanos(firstPause.toNanos() << (attempt - 2));
            }
            try {
                HttpResponse<byte[]> response = once(request.make());
                if (!isBusy(response.statusCode()) || attempt == ATTEMPTS) {
                    return response;
                }
            } catch (IOException broken) {
                last = broken;
            }
        }
        throw last == null ? new IOException("no answer") : last;
    }

    static boolean isBusy(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /** The answer to a request. */
    HttpResponse<byte[]> once(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("it was stopped", stopped);
        } catch (TimeoutException slow) {
            future.cancel(true);
            throw new IOException("no answer within " + ANSWER_SECONDS + " seconds", slow);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            String words = cause == null ? "" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
            throw new IOException(words, failure);
        }
    }

    void close() {
        client.shutdownNow();
    }
}
