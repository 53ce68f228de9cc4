package dev.sluice.bench.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service of HTTP on this machine that gives orders as JSON, page by page. Its pages are made beforehand. */
public final class PagedService implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<byte[]> pages = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param count how many pages it has
     * @param size how many records are on each
     */
    public PagedService(int count, int size) {
        for (int page = 0; page < count; page++) {
            pages.add(page(page * size, size));
        }
        pages.add(page(0, 0));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException("no port is free", noPort);
        }
        server.setExecutor(threads);
        server.createContext("/orders", this::answer);
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static byte[] page(int from, int size) {
        StringBuilder json = new StringBuilder("{\"data\":[");
        for (int id = from; id < from + size; id++) {
            json.append(id == from ? "" : ",")
                    .append("{\"id\":")
                    .append(id)
                    .append(",\"customer\":{\"id\":")
                    .append(id % 1000)
                    .append(",\"email\":\"customer")
                    .append(id % 1000)
                    .append("@shop.example\"},\"sku\":\"SKU-")
                    .append(id % 5000)
                    .append("\",\"price\":")
                    .append(id % 900)
                    .append(".25,\"paid\":")
                    .append(id % 3 == 0)
                    .append(",\"note\":\"leave it at the door, \\u00fcber dem Hof\",\"lines\":[{\"product\":")
                    .append(id % 77)
                    .append(",\"quantity\":2},{\"product\":")
                    .append(id % 78)
                    .append(",\"quantity\":1}],\"updated_at\":\"2024-03-0")
                    .append(1 + id % 9)
                    .append("T08:09:10Z\"}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            String number = query == null ? "" : query.replaceAll("^(.*&)?page=(\\d+).*$", "$2");
            int page = number.matches("\\d+") ? Integer.parseInt(number) : 0;
            byte[] body = pages.get(Math.min(page, pages.size() - 1));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
