//! The files that include the one being read, and that one's own.

use std::path::Path;
use std::sync::Arc;

use crate::include::IncludeError;
use crate::place::FileId;
use crate::scanner::Scanner;
use crate::window::Window;

/// A file that is being read.
pub(crate) struct OpenFile<'i> {
    pub(crate) scanner: Scanner,
    pub(crate) window: Window<'i>,
}

/// A file that was opened to be included.
pub(crate) struct Entered<'i> {
    pub(crate) id: FileId,
    pub(crate) name: Arc<Path>,
    pub(crate) window: Window<'i>,
}

/// What `$INCLUDE` may do, and what it has done.
pub(crate) struct Includes {
    /// `None` where it is not followed.
    #[cfg(feature = "include")]
    chain: Option<crate::include::IncludeChain>,
    /// The files by their [`FileId`].
    names: Vec<Option<Arc<Path>>>,
}

impl Default for Includes {
    /// Follows none, in something that is no file.
    fn default() -> Self {
        Self {
            #[cfg(feature = "include")]
            chain: None,
            names: vec![None],
        }
    }
}

impl Includes {
    #[cfg(feature = "include")]
    pub(crate) fn new(
        chain: Option<crate::include::IncludeChain>,
        name: Option<Arc<Path>>,
    ) -> Self {
        Self {
            chain,
            names: vec![name],
        }
    }

    /// Whether `$INCLUDE` is followed.
    #[cfg(feature = "include")]
    pub(crate) fn are_followed(&self) -> bool {
        self.chain.is_some()
    }

    #[cfg(not(feature = "include"))]
    pub(crate) fn are_followed(&self) -> bool {
        false
    }

    /// The name of a file, as far as it is known.
    pub(crate) fn name(&self, file: FileId) -> Option<&Path> {
        self.names.get(file.index())?.as_deref()
    }

    /// Opens an included file.
    #[cfg(feature = "include")]
    pub(crate) fn enter<'i>(&mut self, path: &[u8]) -> Result<Entered<'i>, IncludeError> {
        let chain = self.chain.as_mut().ok_or(IncludeError::Disabled)?;
        let file = chain.enter(path)?;
        let id = FileId(u32::try_from(self.names.len()).map_err(|_| IncludeError::TooMany)?);
        let name: Arc<Path> = file.path.into();
        self.names.push(Some(Arc::clone(&name)));
        Ok(Entered {
            id,
            name,
            window: Window::moving(file.reader),
        })
    }

    #[cfg(not(feature = "include"))]
    pub(crate) fn enter<'i>(&mut self, _path: &[u8]) -> Result<Entered<'i>, IncludeError> {
        Err(IncludeError::Disabled)
    }

    /// Notes that the last one was read.
    pub(crate) fn leave(&mut self) {
        #[cfg(feature = "include")]
        if let Some(chain) = &mut self.chain {
            chain.leave();
        }
    }
}
