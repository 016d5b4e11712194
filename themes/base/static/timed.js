document.querySelectorAll("[data-since],[data-until]").forEach(e=>{let d=e.dataset,n=Date.now();e.hidden=n<d.since||n>=d.until})
