package dev.sluice.testkit.mysql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server of one's own is set up. Immutable; the methods return a changed copy.
 *
 * @param product the product
 * @param durable true if commits shall survive the loss of the operating system's memory; much slower
 * @param tlsNames the hosts of the self-signed certificate by which the server offers TLS; none if it offers none
 * @param settings options of the server beyond those that the tests always have, by name
 */
public record MyOptions(MyProduct product, boolean durable, List<String> tlsNames, Map<String, String> settings) {
    /** What the shared server has: fast, without TLS, with a binary log of rows. */
    public static final MyOptions DEFAULTS = of(MyProduct.underTest());

    public MyOptions {
        tlsNames = List.copyOf(tlsNames);
        settings = Map.copyOf(settings);
    }

    /** The same of a product. */
    public static MyOptions of(MyProduct product) {
        return new MyOptions(product, false, List.of(), Map.of());
    }

    /** The same with commits that are flushed to the disk, and without a binary log. */
    public MyOptions withDurability() {
        return new MyOptions(product, true, tlsNames, settings);
    }

    /** The same with TLS offered by a certificate that is for another host. */
    public MyOptions withTlsOfAnother() {
        return new MyOptions(product, durable, List.of("elsewhere.example"), settings);
    }

    /** The same with TLS offered. */
    public MyOptions withTls() {
        return new MyOptions(product, durable, List.of("localhost", "127.0.0.1"), settings);
    }

    /** The same with one more option of the server. */
    public MyOptions with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new MyOptions(product, durable, tlsNames, more);
    }
}
