//! hickory's validator asks a static function for the time; here it is that of the task which validates.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use hickory_net::runtime::{RuntimeProvider, Time, TokioHandle, TokioTime};

use crate::runtime::ConnectedRuntime;

tokio::task_local! {
    static UNIX_TIME: u64;
}

/// Runs a validation at a time, in seconds since 1970.
pub(super) async fn at<F: Future>(unix_time: u64, validation: F) -> F::Output {
    UNIX_TIME.scope(unix_time, validation).await
}

/// The time of the validation under way.
#[derive(Clone, Copy)]
pub(super) struct ValidationTime;

#[async_trait]
impl Time for ValidationTime {
    async fn delay_for(duration: Duration) {
        TokioTime::delay_for(duration).await;
    }

    async fn timeout<F: 'static + Future + Send>(
        duration: Duration,
        future: F,
    ) -> Result<F::Output, io::Error> {
        TokioTime::timeout(duration, future).await
    }

    fn current_time() -> u64 {
        UNIX_TIME.try_with(|time| *time).unwrap_or_else(|_| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            since.map_or(0, |since| since.as_secs())
        })
    }
}

/// A runtime for its timer only: what is below the validator brings its own sockets.
#[derive(Clone)]
pub(super) struct ValidationRuntime;

impl RuntimeProvider for ValidationRuntime {
    type Handle = TokioHandle;
    type Timer = ValidationTime;
    type Udp = <ConnectedRuntime as RuntimeProvider>::Udp;
    type Tcp = <ConnectedRuntime as RuntimeProvider>::Tcp;

    fn create_handle(&self) -> Self::Handle {
        TokioHandle::default()
    }

    fn connect_tcp(
        &self,
        _server: SocketAddr,
        _bind: Option<SocketAddr>,
        _timeout: Option<Duration>,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<Self::Tcp>>>> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }

    fn bind_udp(
        &self,
        _local: SocketAddr,
        _server: SocketAddr,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<Self::Udp>>>> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }
}
