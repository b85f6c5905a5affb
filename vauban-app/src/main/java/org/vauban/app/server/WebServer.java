package org.vauban.app.server;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.vauban.app.terminal.Ports;
import org.vauban.hub.Hub;

/** The pages and the API of one open hub, on a loopback port, until it is closed. */
public final class WebServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** What the server is made of; the hub itself is given to it. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({"org.vauban.app.server", "org.vauban.app.page", "org.vauban.app.api"})
    static class Parts {}

    /**
     * Starts it.
     *
     * @param hub the open hub; whoever opened it closes it
     * @param port 0 for any free port
     */
    public static WebServer start(Hub hub, int port) {
        Ports.requireFree(port);
        ApplicationContextInitializer<ConfigurableApplicationContext> withHub =
                context -> context.getBeanFactory().registerSingleton("hub", hub);
        var context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(withHub)
                .properties(Map.of("server.port", String.valueOf(port), "spring.config.name", "vauban-server"))
                .run();
        return new WebServer(context);
    }

    public int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : -1;
    }

    /** Where a browser finds it. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        context.close();
    }
}
