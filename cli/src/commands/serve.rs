//! `serve`: bot, timers and web server until Ctrl-C or SIGTERM.

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::logging;
use crate::office::{Database, Office, Setup};
use crate::server::{Server, asked_to_stop};

pub async fn run(setup: &Setup, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let settings = setup.settings.clone();
    logging::start(&settings, console.colours())?;
    let office = Office::open(setup, Database::MayBeMade).await?;
    office.publish_templates().await?;
    let listener = listen(settings.listen).await?;
    let (tell, stop) = watch::channel(false);
    let address = listener.local_addr().unwrap_or(settings.listen);
    tracing::info!(%address, "serving; Ctrl-C stops");
    let server = Server {
        app: office.app.clone(),
        catalogue: office.catalogue.clone(),
        keeper: office.templates.keeper.clone(),
        settings,
        at_full_speed: false,
        token_again: Some(setup.token_again()),
    };
    let mut running = std::pin::pin!(server.run(listener, stop));
    tokio::select! {
        done = &mut running => return done.map(|()| Exit::Done),
        () = asked_to_stop() => tracing::info!("stopping"),
    }
    // Nobody listens any more if it has ended by itself.
    let _ = tell.send(true);
    running.await.map(|()| Exit::Done)
}

/// A listener, or a failure that says who has the port.
pub async fn listen(address: std::net::SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::failed(format!("{address} cannot be listened on: {error}"))
            .with_hint("set server.listen to another port, or stop the program that has this one")
    })
}
