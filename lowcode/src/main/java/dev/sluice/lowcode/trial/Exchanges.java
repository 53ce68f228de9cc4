package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.spi.workbench.ExchangeAbout;
import dev.sluice.spi.workbench.ExchangeKind;
import dev.sluice.spi.workbench.WireExchange;
import dev.sluice.spi.workbench.WireRequest;
import dev.sluice.spi.workbench.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what requests were for, and shows them without secrets. */
public final class Exchanges {
    private static final int MOST_SHOWN = 256 << 10;
    private static final long MOST_SHOWN_IN_ALL = 8L << 20;
    private static final int LEAST_SHOWN = 4 << 10;

    private final Masking masking;
    private final Function<String, Optional<Component>> components;
    private final String stream;
    private long shown;

    /**
     * For one test.
     *
     * @param components finds a component by its place
     * @param stream the place of the stream that is tried out
     */
    public Exchanges(Masking masking, Function<String, Optional<Component>> components, String stream) {
        this.masking = masking;
        this.components = components;
        this.stream = stream;
    }

    static boolean isProof(Call call) {
        return call.where().isEmpty() || call.where().contains("/login_requester");
    }

    /** What a request was for. */
    public ExchangeKind kind(Call call) {
        String where = call.where();
        if (isProof(call)) {
            return ExchangeKind.AUTH;
        }
        if (where.contains("/parent_stream_configs/")) {
            return ExchangeKind.PARENT_STREAM;
        }
        return switch (where.substring(where.lastIndexOf('/') + 1)) {
            case "creation_requester" -> ExchangeKind.ASYNC_CREATE;
            case "polling_requester" -> ExchangeKind.ASYNC_POLL;
            case "download_target_requester", "download_requester" -> ExchangeKind.ASYNC_DOWNLOAD;
            case "abort_requester" -> ExchangeKind.ASYNC_ABORT;
            case "delete_requester" -> ExchangeKind.ASYNC_DELETE;
            case "requester" -> isOwn(where) ? ExchangeKind.PAGE : ExchangeKind.HTTP;
            default -> ExchangeKind.HTTP;
        };
    }

    /** True if the request brings records of the stream itself. */
    public boolean isPage(Call call) {
        return kind(call) == ExchangeKind.PAGE || call.where().endsWith("/download_requester");
    }

    private boolean isOwn(String where) {
        return where.startsWith(stream + "/")
                && where.endsWith("/retriever/requester")
                && !where.contains("/retriever/retriever/")
                && !where.contains("/schema_loader");
    }

    /** An exchange as it may be shown. */
    public WireExchange shown(WireLog.Seen seen) {
        Call call = seen.call();
        ExchangeKind kind = kind(call);
        byte[] sent = call.body();
        Answer answer = seen.answer();
        WireRequest request = new WireRequest(
                call.method(),
                masking.address(call.url()),
                masking.headers(call.headers()),
                sent == null || sent.length == 0
                        ? null
                        : shortened(masking.content(new String(sent, StandardCharsets.UTF_8)), MOST_SHOWN));
        return new WireExchange(
                seen.index(),
                new ExchangeAbout(kind, title(kind, seen), parent(call), path(call.where())),
                request,
                answer == null ? null : response(answer, kind),
                seen.failure() == null ? null : masking.text(seen.failure()),
                seen.retryOf());
    }

    private WireResponse response(Answer answer, ExchangeKind kind) {
        String text = Recording.text(answer.body());
        if (text == null) {
            String words = "(" + answer.body().length + " bytes that are no text)";
            return new WireResponse(answer.status(), masking.headers(answer.headers()), words, true);
        }
        String masked = kind == ExchangeKind.AUTH ? masking.proof(text) : masking.text(text);
        int most = shown > MOST_SHOWN_IN_ALL ? LEAST_SHOWN : MOST_SHOWN;
        String body = shortened(masked, most);
        shown += body.length();
        return new WireResponse(
                answer.status(), masking.headers(answer.headers()), body, body.length() < masked.length());
    }

    private static String shortened(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    private String title(ExchangeKind kind, WireLog.Seen seen) {
        String what = switch (kind) {
            case PAGE -> "page of records";
            case AUTH -> "proving who asks";
            case PARENT_STREAM ->
                "records of the parent "
                        + Optional.ofNullable(parent(seen.call())).orElse("stream");
            case ASYNC_CREATE -> "having the records made ready";
            case ASYNC_POLL -> "asking whether they are ready";
            case ASYNC_DOWNLOAD -> "fetching what is ready";
            case ASYNC_ABORT -> "telling the service to stop";
            case ASYNC_DELETE -> "having it thrown away";
            case HTTP -> seen.call().where().contains("schema_loader") ? "fields of the stream" : "another request";
        };
        return seen.call().attempt() > 1 ? what + ", attempt " + seen.call().attempt() : what;
    }

    /** The name of the parent that a request asks for; null if it asks for none. */
    private @Nullable String parent(Call call) {
        int at = call.where().lastIndexOf("/parent_stream_configs/");
        if (at < 0) {
            return null;
        }
        int end = call.where().indexOf("/stream/", at);
        return end < 0
                ? null
                : components
                        .apply(call.where().substring(0, end + "/stream".length()))
                        .flatMap(parent -> parent.optionalText("name"))
                        .orElse(null);
    }

    /** A place in a manifest as a path; what stands alone inside of a component is told without its double. */
    public static String path(String where) {
        return where.replace("/retriever/retriever/", "/retriever/").replaceFirst("^/", "");
    }
}
