package dev.sluice.lowcode.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it is sent. It holds credentials, so {@link #toString()} shows only where it goes. */
public final class Call {
    private final String method;
    private final String url;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final String where;
    private final int attempt;

    /**
     * A request.
     *
     * @param method the method
     * @param url the address with its query
     * @param headers the headers
     * @param body the body; null if there is none
     */
    public Call(String method, String url, Map<String, String> headers, byte @Nullable [] body) {
        this(method, url, headers, body, "", 1);
    }

    private Call(
            String method, String url, Map<String, String> headers, byte @Nullable [] body, String where, int attempt) {
        this.method = method;
        this.url = url;
        this.headers = headers;
        this.body = body;
        this.where = where;
        this.attempt = attempt;
    }

    /**
     * The same call, which knows what it comes from.
     *
     * @param component the place of the component of the manifest that asks
     * @param time the how manieth attempt it is, from 1
     */
    Call from(String component, int time) {
        return new Call(method, url, headers, body, component, time);
    }

    /** The same call with one more header. */
    public Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, url, more, body, where, attempt);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The address with its query. */
    public String url() {
        return url;
    }

    /** The headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The place of the component of the manifest that asks; empty for what components do by themselves, such as logging in. */
    public String where() {
        return where;
    }

    /** The how manieth attempt it is, from 1. */
    public int attempt() {
        return attempt;
    }

    /** The body. Not to be changed. */
    public byte @Nullable [] body() {
        return body;
    }

    /** The address without its query, which may hold secrets. */
    public String place() {
        int mark = url.indexOf('?');
        return method + " " + (mark < 0 ? url : url.substring(0, mark));
    }

    @Override
    public String toString() {
        return place();
    }
}
