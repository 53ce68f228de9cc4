package dev.sluice.connector.file.input;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One file on the web, over HTTP or HTTPS.
 *
 * <p>Redirections are followed here, step by step, so that each target is looked at: none leads from https to http or from
 * the internet into a private network, and credentials stay with their host. A server that is busy is asked again. The
 * version of a file is its entity tag, its time and its length.
 */
public final class WebFiles implements FileAccess {
    private static final int MAX_REDIRECTIONS = 10;
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final WebAddress address;
    private final Settings settings;
    private final HttpClient client;

    /**
     * How to ask.
     *
     * @param authorization the value of the header that shows who asks; null if nobody has to know
     * @param idleTimeout how long a server may be silent
     * @param maxBytes the largest file
     * @param firstPause how long to wait before asking a busy server again; doubled each time
     */
    public record Settings(@Nullable String authorization, Duration idleTimeout, long maxBytes, Duration firstPause) {
        /** Shows no secret. */
        @Override
        public String toString() {
            return "Settings[" + idleTimeout + ", " + maxBytes + " bytes]";
        }
    }

    /**
     * Makes the access to a file.
     *
     * @throws ProblemException of kind {@code CONFIG} if the address is none
     */
    public WebFiles(String address, Settings settings) {
        this.address = WebAddress.parse(address);
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** True if a path is an address on the web. */
    public static boolean isWeb(String path) {
        return WebAddress.isWeb(path);
    }

    /** The address without credentials. */
    public String address() {
        return address.toString();
    }

    @Override
    public List<SourceFile> list() {
        HttpResponse<InputStream> response = ask(0, null);
        close(response);
        SourceFile file = describe(response);
        requireAllowed(file.size());
        return List.of(file);
    }

    @Override
    public Optional<SourceFile> find(SourceFile file) {
        try {
            return Optional.of(list().getFirst());
        } catch (ProblemException problem) {
            if (problem.problem().code().equals("E_HTTP_404")
                    || problem.problem().code().equals("E_HTTP_410")) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    @Override
    public InputStream open(SourceFile file, long from) {
        return new WebInput(this, file, from, settings.idleTimeout());
    }

    /**
     * The rest of a file.
     *
     * @param content what the server sends
     * @param from where it begins in the file: where it was asked to, or at the beginning of the file
     */
    record Body(InputStream content, long from) {}

    /**
     * Asks for a part of a version of the file.
     *
     * @param again true if bytes before {@code from} were read from another answer, so that this one has to be of the same
     *     version
     */
    Body body(SourceFile file, long from, boolean again) {
        String validator = validator(file);
        if (again && from > 0 && validator == null) {
            throw cannotResume(file);
        }
        HttpResponse<InputStream> response = ask(validator == null ? 0 : from, validator);
        if (response.statusCode() != 206) {
            if (!describe(response).isSameVersion(file)) {
                close(response);
                throw LocalFiles.changed(file, "the server has another version of it now");
            }
            return new Body(response.body(), 0);
        }
        if (!beginsAt(response, from)) {
            close(response);
            throw cannotResume(file);
        }
        return new Body(response.body(), from);
    }

    @Override
    public boolean tellsVersions(SourceFile file) {
        return validator(file) != null;
    }

    private ProblemException cannotResume(SourceFile file) {
        return Problem.of("E_HTTP_BROKEN", ProblemKind.TRANSIENT, "the download broke off and cannot be taken up again")
                .at(file.name())
                .because("the server does not say which version of the file it sends")
                .fix("run the sync again; it reads the file from its beginning")
                .exception();
    }

    /** What tells versions apart: a strong entity tag, or the time of the last change. */
    private static @Nullable String validator(SourceFile file) {
        if (!file.tag().isEmpty() && !file.tag().startsWith("W/")) {
            return file.tag();
        }
        return file.modified() == SourceFile.UNKNOWN
                ? null
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.ofEpochSecond(file.modified() / 1_000_000_000L).atZone(ZoneOffset.UTC));
    }

    private static boolean beginsAt(HttpResponse<?> response, long from) {
        String range = response.headers().firstValue("Content-Range").orElse("");
        return range.startsWith("bytes " + from + "-");
    }

    private SourceFile describe(HttpResponse<?> response) {
        long size = response.headers().firstValueAsLong("Content-Length").orElse(SourceFile.UNKNOWN);
        long modified = response.headers()
                .firstValue("Last-Modified")
                .map(WebFiles::nanos)
                .orElse(SourceFile.UNKNOWN);
        return new SourceFile(
                address.toString(),
                size,
                modified,
                response.headers().firstValue("ETag").orElse(""),
                "");
    }

    private static long nanos(String httpDate) {
        try {
            return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond()
                    * 1_000_000_000L;
        } catch (DateTimeParseException notADate) {
            return SourceFile.UNKNOWN;
        }
    }

    void requireAllowed(long bytes) {
        if (bytes > settings.maxBytes()) {
            throw Problem.of("E_FILE_TOO_LARGE", ProblemKind.CONFIG, "the file is larger than max_file_bytes allows")
                    .at(address.toString())
                    .because(bytes + " bytes against " + settings.maxBytes())
                    .exception();
        }
    }

    private HttpResponse<InputStream> ask(long from, @Nullable String validator) {
        Duration pause = settings.firstPause();
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(from, validator);
            switch (result) {
                case Attempt.Answered(HttpResponse<InputStream> response) -> {
                    return response;
                }
                case Attempt.Failed(ProblemException problem, Optional<Duration> wish) -> {
                    if (attempt == ATTEMPTS) {
                        throw problem;
                    }
                    Duration asked = wish.orElse(pause);
                    LockSupport.parkNanos((asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked).toNanos());
                    pause = pause.multipliedBy(2);
                }
            }
        }
    }

    /** What came of asking once. */
    private sealed interface Attempt {
        record Answered(HttpResponse<InputStream> response) implements Attempt {}

        /** It may work later; the server may have said when. */
        record Failed(ProblemException problem, Optional<Duration> wish) implements Attempt {}
    }

    private Attempt attempt(long from, @Nullable String validator) {
        WebAddress target = address;
        for (int i = 0; i <= MAX_REDIRECTIONS; i++) {
            HttpResponse<InputStream> response;
            try {
                response = client.send(request(target, from, validator), HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException failure) {
                return new Attempt.Failed(unreachable(target, failure), Optional.empty());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                        .exception(stopped);
            }
            int status = response.statusCode();
            if (status == 200 || status == 206) {
                return new Attempt.Answered(response);
            }
            close(response);
            Optional<String> location = response.headers().firstValue("Location");
            if (status < 300 || status >= 400 || location.isEmpty()) {
                return refusal(target, response);
            }
            target = target.redirected(location.get());
        }
        throw Problem.of(
                        "E_HTTP_REDIRECT",
                        ProblemKind.CONFIG,
                        "the server redirects more than " + MAX_REDIRECTIONS + " times")
                .at(address.toString())
                .exception();
    }

    private HttpRequest request(WebAddress target, long from, @Nullable String validator) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.request())
                .timeout(settings.idleTimeout())
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "Sluice");
        if (target.isSameSite(address)) {
            Optional.ofNullable(settings.authorization())
                    .or(address::basicAuthorization)
                    .ifPresent(value -> request.header("Authorization", value));
        }
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
            if (validator != null) {
                request.header("If-Range", validator);
            }
        }
        return request.GET().build();
    }

    private static Attempt refusal(WebAddress target, HttpResponse<?> response) {
        int status = response.statusCode();
        boolean busy = status == 429 || status == 408 || status >= 500;
        ProblemKind kind = switch (status) {
            case 401, 403 -> ProblemKind.PERMISSION;
            case 408, 429 -> ProblemKind.TRANSIENT;
            default -> status >= 500 ? ProblemKind.TRANSIENT : ProblemKind.CONFIG;
        };
        Problem problem = Problem.of("E_HTTP_" + status, kind, "the server answered with status " + status)
                .at(target.toString())
                .fix(advice(status));
        if (!busy) {
            throw problem.exception();
        }
        Optional<Duration> wish = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return new Attempt.Failed(problem.exception(), wish);
    }

    private static @Nullable String advice(int status) {
        return switch (status) {
            case 401, 403 -> "give `http_authorization`, or a signed address that is still valid";
            case 404, 410 -> "check the address; the server knows no file there";
            case 416 -> "the file is shorter now than it was; run the sync again";
            default -> null;
        };
    }

    private static ProblemException unreachable(WebAddress target, IOException failure) {
        String why = switch (failure) {
            case HttpTimeoutException late -> "no answer within the time limit";
            case SSLException tls -> "TLS: " + tls.getMessage();
            case IOException other when isUnknownHost(other) -> "unknown host";
            case ConnectException refused -> "the connection was refused";
            default -> failure.getClass().getSimpleName();
        };
        return Problem.of("E_HTTP_UNREACHABLE", ProblemKind.UNREACHABLE, "the web server cannot be reached")
                .at(target.toString())
                .because(why)
                .fix("check the address, and whether this machine may reach it")
                .exception(failure);
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException alreadyBroken) {
            // nothing more is wanted of it
        }
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    /** One answer of a server is one version. */
    @Override
    public void requireUnchanged(SourceFile file) {}

    @Override
    public void close() {
        client.close();
    }
}
